// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import io.stdcseg.checkpoint.Weights;
import io.stdcseg.error.InputException;
import io.stdcseg.inference.CpuFeatures;
import io.stdcseg.inference.Devices;
import io.stdcseg.inference.SegmenterOptions;
import io.stdcseg.inference.TorchEngine;
import io.stdcseg.metric.Scores;
import io.stdcseg.network.ElementType;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.network.TensorData;
import io.stdcseg.training.data.BatchLoader;
import io.stdcseg.training.data.ClassShares;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.data.TrainingFolders;
import io.stdcseg.training.loss.LossValues;
import io.stdcseg.training.loss.SegmentationLoss;
import io.stdcseg.training.optimise.Optimiser;
import io.stdcseg.training.optimise.Parameters;
import io.stdcseg.training.optimise.WeightAverage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Trains a network by a recipe. On a CPU, a training that was interrupted and resumed on as many
 * threads gives the same numbers as one that was not. For one thread.
 */
public final class Trainer implements AutoCloseable {

    /** Threads that load pictures; a picture takes far longer to learn from than to load. */
    private static final int LOADERS = 2;

    private final Recipe recipe;
    private final TrainingFolders folders;
    private final TrainingFiles files;
    private final TrainingListener listener;
    private final Replicas replicas;
    private final SegmentationLoss loss;
    private final Optimiser optimiser;
    private final WeightAverage average;
    private final Validation validation;
    private final TrainingState state;
    private final String machine;
    private TrainingState.Progress progress = new TrainingState.Progress(0, -1);

    /**
     * Gets ready to train, or to go on.
     *
     * @param folders with pictures to learn from and to be judged by
     * @param output folder for the weights and everything resuming takes
     * @throws InputException if the output folder, the device or the batches do not fit
     */
    public Trainer(
            Recipe recipe,
            TrainingFolders folders,
            Path output,
            TrainerOptions options,
            TrainingListener listener) {
        this.recipe = recipe;
        this.folders = folders;
        this.files = new TrainingFiles(output);
        this.listener = listener;
        files.check(options.resume());
        Engine engine = TorchEngine.get(1); // The cores share batches, not operations.
        List<String> devices = devices(recipe.batchSize(), options);
        Precision precision = precision(recipe, devices.get(0));
        ModelSpec spec = new ModelSpec(recipe.variant(), recipe.labels().size());
        replicas =
                new Replicas(
                        engine,
                        devices,
                        spec,
                        start(spec, recipe.seed(), options.start()),
                        precision);
        machine = machine(devices, precision);
        try {
            Map<String, NDArray> tensors = replicas.network().tensors();
            loss = new SegmentationLoss(recipe.loss(), classWeights());
            optimiser =
                    Optimiser.of(
                            recipe.optimiser(),
                            Parameters.of(tensors, recipe.optimiser()),
                            replicas.memory());
            average = new WeightAverage(recipe.average(), tensors, replicas.memory());
            validation = new Validation(folders.validation(), recipe.evaluateScales(), options);
            state = TrainingState.of(recipe, tensors, optimiser.memory(), average.tensors());
            if (options.resume()) {
                progress = state.read(files.state());
            }
            replicas.learnAlike();
        } catch (RuntimeException | Error e) {
            replicas.close();
            throw e;
        }
    }

    /** One name for each part of a batch. */
    private static List<String> devices(int batchSize, TrainerOptions options) {
        List<String> devices = Devices.of(SegmenterOptions.DEFAULTS.withDevice(options.device()));
        if (!Devices.isGpu(devices.get(0))) {
            return Collections.nCopies(parts(batchSize, options.threads()), devices.get(0));
        }
        if (batchSize % devices.size() != 0) {
            throw new InputException(
                    "batch size "
                            + batchSize
                            + " cannot be shared by "
                            + devices.size()
                            + " devices; a multiple of their number can");
        }
        return devices;
    }

    /** The most parts a batch has on that many threads; norms need two pictures. */
    private static int parts(int batchSize, int threads) {
        int parts = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        while (parts > 1 && (batchSize % parts != 0 || batchSize / parts < 2)) {
            parts--;
        }
        return parts;
    }

    private static Map<String, TensorData> start(
            ModelSpec spec, long seed, Map<String, TensorData> given) {
        Map<String, TensorData> tensors = Weights.initialTensors(spec, seed);
        tensors.putAll(given);
        return tensors;
    }

    private static Precision precision(Recipe recipe, String device) {
        if (recipe.precision() != null) {
            return recipe.precision();
        }
        boolean bfloat16 = Devices.isGpu(device) || CpuFeatures.ofThisCpu().bfloat16();
        return bfloat16 ? Precision.BF16 : Precision.FP32;
    }

    /** By train id; the mean over all pixels is 1. */
    private float[] classWeights() {
        int classes = recipe.labels().size();
        float[] weights = new float[classes];
        Arrays.fill(weights, 1);
        if (recipe.loss().classWeights() > 0) {
            double[] shares = ClassShares.of(folders.training(), classes);
            double mean = 0;
            for (double share : shares) {
                mean += share * weight(share);
            }
            for (int id = 0; id < classes; id++) {
                weights[id] = (float) (weight(shares[id]) / mean);
            }
        }
        return weights;
    }

    private double weight(double share) {
        return Math.pow(Math.log(1.02 + share), -recipe.loss().classWeights());
    }

    private static String machine(List<String> devices, Precision precision) {
        String numbers = precision.name().toLowerCase(Locale.ROOT);
        return Devices.isGpu(devices.get(0))
                ? String.join(", ", devices) + ", " + numbers
                : devices.get(0) + ", " + numbers + ", " + devices.size() + " threads";
    }

    /** What computes, in words: devices, numbers of convolutions and threads of a CPU. */
    public String machine() {
        return machine;
    }

    /** The iteration that was done last, from 1; 0 before the first. */
    public int iteration() {
        return progress.iteration();
    }

    /**
     * Trains to the end of the recipe's schedule, or until it is told to stop, and saves everything
     * that resuming takes.
     *
     * @param stop asked after each iteration
     * @throws TrainingException if a loss is not a number
     */
    public void run(BooleanSupplier stop) throws IOException, InterruptedException {
        try (BatchLoader batches = batches()) {
            boolean stopped = false;
            long before = System.nanoTime();
            while (!stopped && progress.iteration() < recipe.schedule().iterations()) {
                before = step(batches.next(), before);
                if (isDue(progress.iteration())) {
                    evaluate();
                    before = System.nanoTime();
                }
                stopped = stop.getAsBoolean();
            }
            if (!isDue(progress.iteration())) {
                state.write(files.state(), progress);
            }
        }
    }

    private BatchLoader batches() {
        return new BatchLoader(
                folders,
                recipe.augmentation(),
                recipe.batchSize(),
                recipe.extraShare(),
                recipe.seed(),
                progress.iteration(),
                LOADERS);
    }

    private boolean isDue(int iteration) {
        return iteration % recipe.evaluateEvery() == 0
                || iteration == recipe.schedule().iterations();
    }

    /** Learns from a batch. Returns when it was done. */
    private long step(TrainingBatch batch, long before) throws InterruptedException {
        int iteration = progress.iteration();
        LossValues values = replicas.gradients(batch, loss);
        if (!Double.isFinite(values.total())) {
            throw new TrainingException(
                    "the loss of iteration "
                            + (iteration + 1)
                            + " is not a number: "
                            + values
                            + "; its pictures are "
                            + String.join(", ", batch.names()));
        }
        double rate = recipe.optimiser().rate() * recipe.schedule().factor(iteration);
        optimiser.step(rate);
        replicas.spread();
        average.update(iteration);
        progress = new TrainingState.Progress(iteration + 1, progress.best());
        long now = System.nanoTime();
        listener.stepped(
                new TrainingStep(
                        progress.iteration(),
                        rate,
                        values,
                        batch.pictures(),
                        (now - before) / 1e9));
        return now;
    }

    private void evaluate() throws IOException {
        Weights weights = weights();
        weights.write(files.last(), ElementType.F32);
        Map<Double, Scores> scores = validation.scores(files.last());
        double score = scores.values().iterator().next().miou();
        boolean best = score > progress.best();
        if (best) {
            weights.write(files.best(), ElementType.F32);
            progress = new TrainingState.Progress(progress.iteration(), score);
        }
        state.write(files.state(), progress);
        listener.evaluated(new TrainingScore(progress.iteration(), scores, best));
    }

    private Weights weights() {
        return new Weights(
                replicas.network().spec(),
                replicas.network().plain(average.tensors()),
                recipe.labels(),
                recipe.scale(),
                recipe.variant().label(),
                recipe.name(),
                "");
    }

    @Override
    public void close() {
        replicas.close();
    }
}
