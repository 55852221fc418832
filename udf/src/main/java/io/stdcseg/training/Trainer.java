// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import io.stdcseg.error.InputException;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import io.stdcseg.training.data.DataLoader;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.loss.LossValues;
import io.stdcseg.training.optimise.ExponentialMovingAverage;
import io.stdcseg.training.optimise.Optimiser;
import io.stdcseg.training.optimise.Parameters;
import io.stdcseg.training.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Training loop: trains a network by a recipe. On a CPU, a training that was interrupted and
 * resumed on as many threads gives the same numbers as one that was not. For one thread.
 */
public final class Trainer implements AutoCloseable {

    /** Pictures of a batch that an error names. */
    private static final int MOST_NAMES = 8;

    private final Recipe recipe;
    private final TrainingTask task;
    private final Options options;
    private final TrainingFiles files;
    private final TrainingListener listener;
    private final DataParallel replicas;
    private final Optimiser optimiser;
    private final ExponentialMovingAverage average;
    private final TrainingState state;
    private final String machine;
    private TrainingState.Progress progress = new TrainingState.Progress(0, -1);

    /**
     * Options of a training beside its recipe and pictures.
     *
     * @param start tensors of the network to start from, plain, by published name; others are
     *     initialised
     * @param resume whether to go on with the training in the output folder
     * @param device {@code auto}, {@code cpu}, {@code gpu}, or {@code gpu:} and numbers with commas
     * @param threads on a CPU, each of which learns from its part of a batch; 0 = one per core
     */
    public record Options(
            Map<String, TensorData> start, boolean resume, String device, int threads) {

        public Options {
            start = Map.copyOf(start);
        }
    }

    /**
     * Prepares to train, or to go on.
     *
     * @param task that the recipe asks for
     * @param output folder for the weights and everything resuming takes
     * @throws InputException if the output folder, the device or the batches do not fit
     */
    public Trainer(
            Recipe recipe,
            TrainingTask task,
            Path output,
            Options options,
            TrainingListener listener) {
        this.recipe = recipe;
        this.task = task;
        this.options = options;
        this.files = new TrainingFiles(output);
        this.listener = listener;
        files.check(options.resume());
        Engine engine = PyTorchRuntime.get(1); // The cores share batches, not operations.
        TrainingDevices devices = TrainingDevices.of(recipe, options.device(), options.threads());
        machine = devices.describe();
        Map<String, TensorData> start = task.initialTensors();
        start.putAll(options.start());
        replicas = new DataParallel(engine, devices, task.learners(start));
        try {
            Map<String, NDArray> tensors = replicas.network().tensors();
            optimiser =
                    Optimiser.of(
                            recipe.optimiser(),
                            Parameters.of(tensors, recipe.optimiser()),
                            replicas.memory());
            average = new ExponentialMovingAverage(recipe.average(), tensors, replicas.memory());
            state = TrainingState.of(recipe, tensors, optimiser.state(), average.tensors());
            if (options.resume()) {
                progress = state.read(files.state());
            }
            replicas.synchronise();
        } catch (RuntimeException | Error e) {
            replicas.close();
            throw e;
        }
    }

    /** What computes, in words: devices, precision of convolutions and threads of a CPU. */
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
        try (DataLoader batches = task.dataLoader(progress.iteration())) {
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

    private boolean isDue(int iteration) {
        return iteration % recipe.evaluateEvery() == 0
                || iteration == recipe.schedule().iterations();
    }

    /**
     * One step: forward, backward, optimiser.
     *
     * @param before time at which the last one ended
     * @return time at which it ended
     */
    private long step(TrainingBatch batch, long before) throws InterruptedException {
        int iteration = progress.iteration();
        LossValues values = replicas.backward(batch);
        if (!Double.isFinite(values.total())) {
            throw notFinite("loss", values, batch);
        }
        double rate = recipe.optimiser().rate() * recipe.schedule().factor(iteration);
        try {
            optimiser.step(rate);
        } catch (ArithmeticException e) {
            throw notFinite("gradient", values, batch);
        }
        replicas.broadcast();
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

    private TrainingException notFinite(String what, LossValues values, TrainingBatch batch) {
        List<String> names = batch.names();
        String pictures = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return new TrainingException(
                "the "
                        + what
                        + " of iteration "
                        + (progress.iteration() + 1)
                        + " is not a number; to try: a lower optimiser.rate, optimiser.clip, and"
                        + " on "
                        + machine
                        + " precision: fp32; its losses are "
                        + values
                        + ", its pictures "
                        + pictures
                        + (names.size() > MOST_NAMES ? ", ..." : "")
                        + "; scripts/poisoned-memory --check shows whether memory is read before it"
                        + " is written");
    }

    private void evaluate() throws IOException {
        Map<String, TensorData> tensors = replicas.network().plain(average.tensors());
        task.write(tensors, files.last());
        Evaluation evaluation = task.evaluate(files.last(), options.device(), options.threads());
        boolean best = evaluation.score() > progress.best();
        if (best) {
            task.write(tensors, files.best());
            progress = new TrainingState.Progress(progress.iteration(), evaluation.score());
        }
        state.write(files.state(), progress);
        listener.evaluated(new TrainingScore(progress.iteration(), evaluation, best));
    }

    @Override
    public void close() {
        replicas.close();
    }

    /** A training that cannot go on. */
    public static final class TrainingException extends RuntimeException {

        private static final long serialVersionUID = 1;

        public TrainingException(String message) {
            super(message);
        }
    }
}
