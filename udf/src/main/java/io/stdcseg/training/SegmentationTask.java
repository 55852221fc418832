// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stdcseg.error.InputException;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.training.data.AugmentedSegmentationDataset;
import io.stdcseg.training.data.ClassFrequencies;
import io.stdcseg.training.data.DataLoader;
import io.stdcseg.training.data.DataLoader.BatchShape;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.data.TrainingData;
import io.stdcseg.training.loss.DifferentiableLosses;
import io.stdcseg.training.loss.LabelBatch;
import io.stdcseg.training.loss.SegmentationLoss;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.SegmentationOptions;
import io.stdcseg.weights.PretrainedWeights;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
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
            Recipe recipe, SegmentationOptions options, Path data, List<Path> extras) {
        if (!extras.isEmpty() && options.extraShare() == 0) {
            throw new InputException(
                    "--extra "
                            + extras.get(0)
                            + " is of no use: extra-share of recipe "
                            + recipe.name()
                            + " is 0; above 0, at most 1, is allowed with it");
        }
        TrainingData found = TrainingData.of(data, extras, options.labels(), options.data());
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
        return (memory, format) ->
                new SegmentationLearner(new EagerNetwork(spec, weights, memory, format), loss);
    }

    @Override
    public DataLoader dataLoader(long firstIteration) {
        int rows = options.augmentation().rows();
        int columns = options.augmentation().columns();
        return new DataLoader(
                new AugmentedSegmentationDataset(data.training(), options.augmentation()),
                new AugmentedSegmentationDataset(data.extra(), options.augmentation()),
                new BatchShape(recipe.batchSize(), rows, columns, rows * columns),
                options.extraShare(),
                recipe.seed(),
                firstIteration,
                LOADERS);
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

    /** STDC-Seg on one device with its loss. */
    record SegmentationLearner(EagerNetwork network, SegmentationLoss loss) implements Learner {

        @Override
        public DifferentiableLosses losses(
                TrainingBatch batch, int first, int pictures, NDManager scope) {
            int area = batch.rows() * batch.columns();
            ByteBuffer ids = batch.labels().slice(area * first, area * pictures);
            LabelBatch labels = new LabelBatch(pictures, batch.rows(), batch.columns(), ids);
            NDArray image = batch.image(first, pictures, scope);
            return loss.losses(network.forward(image, loss.details(), true), labels);
        }
    }
}
