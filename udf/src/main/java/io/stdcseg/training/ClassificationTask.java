// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stdcseg.error.InputException;
import io.stdcseg.network.eager.Dropout;
import io.stdcseg.network.eager.EagerClassifier;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.training.data.AugmentedDataset;
import io.stdcseg.training.data.AugmentedImageFolder;
import io.stdcseg.training.data.DataLoader;
import io.stdcseg.training.data.DataLoader.BatchShape;
import io.stdcseg.training.data.DataMix;
import io.stdcseg.training.data.ImageFolder;
import io.stdcseg.training.data.SampleSeeds;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.loss.ClassificationLoss;
import io.stdcseg.training.loss.DifferentiableLosses;
import io.stdcseg.training.recipe.ClassificationOptions;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.weights.ClassifierWeights;
import io.stdcseg.weights.PretrainedWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Image classification as a training task, by which backbones are pretrained for segmentation. */
final class ClassificationTask implements TrainingTask {

    private final Recipe recipe;
    private final ClassificationOptions options;
    private final ImageFolder training;
    private final ImageFolder validation;

    private ClassificationTask(
            Recipe recipe,
            ClassificationOptions options,
            ImageFolder training,
            ImageFolder validation) {
        this.recipe = recipe;
        this.options = options;
        this.training = training;
        this.validation = validation;
    }

    static ClassificationTask of(
            Recipe recipe,
            ClassificationOptions options,
            Path data,
            List<Path> extras,
            List<Path> unlabelled) {
        if (!extras.isEmpty() || !unlabelled.isEmpty()) {
            throw new InputException(
                    (extras.isEmpty() ? "--unlabelled " : "--extra ")
                            + (extras.isEmpty() ? unlabelled : extras).get(0)
                            + " is of no use: recipe "
                            + recipe.name()
                            + " trains a classifier; it is allowed for segmentation");
        }
        ImageFolder training = ImageFolder.of(data.resolve("train"));
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
        return new Pictures(training.size(), 0, 0, validation.size(), "a folder for each class");
    }

    @Override
    public Map<String, TensorData> initialTensors() {
        return ClassifierWeights.initialTensors(recipe.variant(), classes(), recipe.seed());
    }

    @Override
    public PretrainedWeights pretrainedWeights(Path file) {
        return PretrainedWeights.ofClassifier(file, recipe.variant(), classes());
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
    public DataLoader dataLoader(long firstIteration) {
        AugmentedDataset pictures = new AugmentedImageFolder(training, options.augmentation());
        int rows = options.augmentation().rows();
        int columns = options.augmentation().columns();
        return new DataLoader(
                new DataMix(pictures, AugmentedDataset.EMPTY, 0),
                new BatchShape(recipe.batchSize(), rows, columns, Integer.BYTES),
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
        return new ClassificationValidation(validation, options, device, threads)
                .accuracy(ClassifierWeights.read(weights));
    }

    /**
     * A backbone with a classifier on one device, with its loss.
     *
     * @param dropout share of the last features that are left out
     * @param seed of the training; with the batch's number it decides which are left out
     */
    record ClassificationLearner(
            EagerClassifier network, ClassificationLoss loss, double dropout, long seed)
            implements Learner {

        /** A slot that no picture has, so that dropout draws other numbers than augmentation. */
        private static final int NO_SLOT = -1;

        @Override
        public DifferentiableLosses losses(
                TrainingBatch batch, int first, int pictures, NDManager scope) {
            Dropout dropped =
                    new Dropout(
                            dropout, SampleSeeds.random(seed, batch.iteration(), NO_SLOT, first));
            NDArray scores = network.learn(batch.image(first, pictures, scope), dropped);
            ByteBuffer classes =
                    batch.labels().slice(Integer.BYTES * first, Integer.BYTES * pictures);
            return loss.losses(scores, classes);
        }
    }
}
