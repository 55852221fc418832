// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.error.InputException;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.training.SegmentationLearner.Teacher;
import io.stdcseg.training.data.AugmentedDataset;
import io.stdcseg.training.data.AugmentedSegmentationDataset;
import io.stdcseg.training.data.ClassAwareSampler;
import io.stdcseg.training.data.ClassFrequencies;
import io.stdcseg.training.data.DataLoader;
import io.stdcseg.training.data.DataLoader.BatchShape;
import io.stdcseg.training.data.DataMix;
import io.stdcseg.training.data.SegmentationDataset;
import io.stdcseg.training.data.TrainingData;
import io.stdcseg.training.loss.SegmentationLoss;
import io.stdcseg.training.loss.TeacherOptions;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.SegmentationOptions;
import io.stdcseg.weights.PretrainedWeights;
import io.stdcseg.weights.Weights;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Semantic segmentation as a training task: a network learns the class of each pixel. */
final class SegmentationTask implements TrainingTask {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentationTask.class);

    /** Threads that load pictures; a picture takes far longer to learn from than to load. */
    private static final int LOADERS = 2;

    private final Recipe recipe;
    private final SegmentationOptions options;
    private final TrainingData data;
    private final ModelSpec spec;

    private SegmentationTask(Recipe recipe, SegmentationOptions options, TrainingData data) {
        this.recipe = recipe;
        this.options = options;
        this.data = data;
        this.spec = new ModelSpec(recipe.variant(), options.labels().size());
    }

    static SegmentationTask of(
            Recipe recipe,
            SegmentationOptions options,
            Path data,
            List<Path> extras,
            List<Path> unlabelled) {
        if (!extras.isEmpty() && options.extraShare() == 0) {
            throw new InputException(
                    "--extra "
                            + extras.get(0)
                            + " is of no use: extra-share of recipe "
                            + recipe.name()
                            + " is 0; above 0, at most 1, is allowed with it");
        }
        TeacherOptions teacher = options.teacher();
        if (!unlabelled.isEmpty() && (teacher == null || teacher.unlabelledShare() == 0)) {
            throw new InputException(
                    "--unlabelled "
                            + unlabelled.get(0)
                            + " is of no use: teacher.unlabelled-share of recipe "
                            + recipe.name()
                            + " is "
                            + (teacher == null ? "missing" : "0")
                            + "; above 0, below 1, is allowed with it");
        }
        TrainingData found =
                TrainingData.of(data, extras, unlabelled, options.labels(), options.data());
        found.training().requireClasses();
        found.validation().requireClasses();
        String doubt = found.training().doubt();
        if (doubt != null) {
            LOG.warn("{}", doubt);
        }
        return new SegmentationTask(recipe, options, found);
    }

    @Override
    public String subject() {
        return options.labels().name() + ", " + options.labels().size() + " classes";
    }

    @Override
    public Pictures pictures() {
        return new Pictures(
                data.training().size(),
                data.extra().size(),
                data.unlabelled().size(),
                data.validation().size(),
                data.layout());
    }

    @Override
    public Map<String, TensorData> initialTensors() {
        return Weights.initialTensors(spec, recipe.seed());
    }

    @Override
    public PretrainedWeights pretrainedWeights(Path file) {
        return PretrainedWeights.read(file, spec);
    }

    @Override
    public Learner.Factory learners(Map<String, TensorData> weights) {
        float[] classWeights =
                options.loss()
                        .classWeights()
                        .values(
                                spec.classes(),
                                () -> ClassFrequencies.of(data.training(), spec.classes()));
        SegmentationLoss loss = new SegmentationLoss(options.loss(), classWeights);
        Weights teacher = options.teacher() == null ? null : teacher(options.teacher());
        return (memory, format) ->
                new SegmentationLearner(
                        new EagerNetwork(spec, weights, memory, format),
                        loss,
                        teacher == null
                                ? null
                                : Teacher.of(teacher, options.teacher(), memory, format));
    }

    /** The teacher's weights, which must know the same classes. */
    private Weights teacher(TeacherOptions teacher) {
        Weights weights = Weights.read(Path.of(teacher.weights()), Overrides.NONE).inferenceOnly();
        InputException.unless(
                weights.labels().names().equals(options.labels().names()),
                "teacher.weights",
                teacher.weights() + " of label set " + weights.labels().name(),
                "a network of the classes of label set " + options.labels().name());
        return weights;
    }

    @Override
    public DataLoader dataLoader(long firstIteration) {
        int rows = options.augmentation().rows();
        int columns = options.augmentation().columns();
        boolean taught = options.teacher() != null;
        return new DataLoader(
                new DataMix(
                        augmented(data.training()),
                        ClassAwareSampler.of(
                                data.training(),
                                spec.classes(),
                                options.augmentation().variation().classAware()),
                        augmented(data.extra()),
                        options.extraShare(),
                        augmented(data.unlabelled()),
                        taught ? options.teacher().unlabelledShare() : 0),
                new BatchShape(recipe.batchSize(), rows, columns, rows * columns, taught),
                recipe.seed(),
                firstIteration,
                LOADERS);
    }

    private AugmentedDataset augmented(SegmentationDataset pictures) {
        return new AugmentedSegmentationDataset(pictures, options.augmentation());
    }

    @Override
    public void write(Map<String, TensorData> tensors, Path file) throws IOException {
        new Weights(
                        spec,
                        tensors,
                        options.labels(),
                        options.scale(),
                        recipe.variant().label() + "-" + options.labels().name(),
                        recipe.name(),
                        "")
                .write(file, ElementType.F32);
    }

    @Override
    public Evaluation evaluate(Path weights, String device, int threads) {
        return new SegmentationValidation(
                        data.validation(), options.evaluateScales(), device, threads)
                .scores(weights);
    }
}
