// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.checkpoint.ClassifierWeights;
import io.stdcseg.checkpoint.StartingWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.network.TensorData;
import io.stdcseg.network.eager.EagerClassifier;
import io.stdcseg.training.data.BatchLoader;
import io.stdcseg.training.data.BatchSize;
import io.stdcseg.training.data.ClassFolders;
import io.stdcseg.training.data.ClassificationExamples;
import io.stdcseg.training.data.Examples;
import io.stdcseg.training.loss.ClassificationLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Learning what a picture shows, by which backbones are prepared for segmentation. */
final class ClassificationTask implements Task {

    private final Recipe recipe;
    private final ClassificationOptions options;
    private final ClassFolders training;
    private final ClassFolders validation;

    private ClassificationTask(
            Recipe recipe,
            ClassificationOptions options,
            ClassFolders training,
            ClassFolders validation) {
        this.recipe = recipe;
        this.options = options;
        this.training = training;
        this.validation = validation;
    }

    static ClassificationTask of(
            Recipe recipe, ClassificationOptions options, Path data, List<Path> extras) {
        if (!extras.isEmpty()) {
            throw new InputException(
                    "--extra "
                            + extras.get(0)
                            + " is of no use: recipe "
                            + recipe.name()
                            + " trains a classifier; it is allowed for segmentation");
        }
        ClassFolders training = ClassFolders.of(data.resolve("train"));
        return new ClassificationTask(
                recipe, options, training, training.others(data.resolve("val")));
    }

    private int classes() {
        return training.classes().size();
    }

    @Override
    public String subject() {
        return classes() + " classes of pictures";
    }

    @Override
    public Pictures pictures() {
        return new Pictures(training.size(), 0, validation.size(), "a folder for each class");
    }

    @Override
    public Map<String, TensorData> initialTensors() {
        return ClassifierWeights.initialTensors(recipe.variant(), classes(), recipe.seed());
    }

    @Override
    public StartingWeights startingWeights(Path file) {
        return StartingWeights.ofClassifier(file, recipe.variant(), classes());
    }

    @Override
    public Learner.Factory learners(Map<String, TensorData> weights) {
        ClassificationLoss loss = new ClassificationLoss(options.smoothing());
        return (memory, format) ->
                new ClassificationLearner(
                        new EagerClassifier(recipe.variant(), classes(), weights, memory, format),
                        loss,
                        options.dropout(),
                        recipe.seed());
    }

    /** Pictures are read anew each time, and cheap to learn from: every core loads. */
    @Override
    public BatchLoader batches(long firstIteration) {
        Examples examples = new ClassificationExamples(training, options.augmentation());
        int rows = options.augmentation().rows();
        int columns = options.augmentation().columns();
        return new BatchLoader(
                examples,
                Examples.NONE,
                new BatchSize(recipe.batchSize(), rows, columns, Integer.BYTES),
                0,
                recipe.seed(),
                firstIteration,
                Runtime.getRuntime().availableProcessors());
    }

    @Override
    public void write(Map<String, TensorData> tensors, Path file) throws IOException {
        new ClassifierWeights(recipe.variant(), training.classes(), tensors).write(file);
    }

    @Override
    public Evaluation evaluate(Path weights, String device, int threads) {
        return new ClassifierValidation(validation, options, device, threads)
                .accuracy(ClassifierWeights.read(weights));
    }
}
