// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import io.stdcseg.network.Precision;
import io.stdcseg.network.eager.Trainable;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.loss.DifferentiableLosses;
import io.stdcseg.training.loss.LossValues;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The same network several times, each on its device and in its thread: every one learns from its
 * part of a batch, norms see that part alone, and the first one's parameters move by the mean of
 * all gradients and are copied to the others. As in the published training, running statistics are
 * the first one's.
 *
 * <p>On a CPU each core has one, as sharing single operations between cores costs more than it
 * gives. For one caller.
 */
final class DataParallel implements AutoCloseable {

    private final Engine engine;
    private final List<Replica> replicas = new ArrayList<>();
    private final ExecutorService threads;

    DataParallel(
            Engine engine, List<String> devices, Learner.Factory learners, Precision precision) {
        this.engine = engine;
        this.threads = Executors.newFixedThreadPool(devices.size(), DataParallel::thread);
        try {
            for (String device : devices) {
                replicas.add(
                        new Replica(engine, PyTorchRuntime.device(device), learners, precision));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The one whose parameters move. */
    Trainable network() {
        return replicas.get(0).learner().network();
    }

    /** Of the one whose parameters move. */
    NDManager memory() {
        return replicas.get(0).memory();
    }

    /** Makes the other devices take gradients of what the first does, from the same parameters. */
    void learnAlike() {
        for (Replica other : replicas.subList(1, replicas.size())) {
            network()
                    .tensors()
                    .forEach(
                            (name, tensor) ->
                                    other.learner()
                                            .network()
                                            .tensors()
                                            .get(name)
                                            .setRequiresGradient(tensor.hasGradient()));
        }
        spread();
    }

    private static Thread thread(Runnable work) {
        Runnable learning =
                () -> {
                    JniUtils.setGradMode(true); // which each thread has of its own
                    work.run();
                };
        Thread thread = new Thread(learning, "stdc-replica");
        thread.setDaemon(true);
        return thread;
    }

    /** Adds the batch's gradients to those of {@link #network()}. */
    LossValues gradients(TrainingBatch batch) throws InterruptedException {
        int part = batch.pictures() / replicas.size();
        try (GradientCollector collector = engine.newGradientCollector()) {
            List<Callable<LossValues>> parts = new ArrayList<>();
            for (int i = 0; i < replicas.size(); i++) {
                Replica replica = replicas.get(i);
                int first = i * part;
                parts.add(() -> gradients(replica, batch, first, part, collector));
            }
            List<LossValues> values = new ArrayList<>();
            for (Future<LossValues> done : threads.invokeAll(parts)) {
                values.add(result(done));
            }
            gather();
            return LossValues.mean(values);
        }
    }

    private LossValues gradients(
            Replica replica,
            TrainingBatch batch,
            int first,
            int pictures,
            GradientCollector collector) {
        try (NDManager scope = replica.memory().newSubManager()) {
            DifferentiableLosses losses = replica.learner().losses(batch, first, pictures, scope);
            collector.backward(losses.total(replicas.size()));
            return losses.values();
        }
    }

    private static LossValues result(Future<LossValues> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw (Error) e.getCause();
        }
    }

    private void gather() {
        for (Replica other : replicas.subList(1, replicas.size())) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                other.learner()
                        .network()
                        .tensors()
                        .forEach((name, tensor) -> gather(network().tensors().get(name), tensor));
            }
        }
    }

    private static void gather(NDArray to, NDArray from) {
        if (from.hasGradient() && to.hasGradient()) {
            NDArray gradient = from.getGradient();
            to.getGradient().addi(gradient.toDevice(to.getDevice(), false));
            gradient.subi(gradient);
        }
    }

    /** Copies the parameters that moved to the other devices. */
    void spread() {
        for (Replica other : replicas.subList(1, replicas.size())) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                network()
                        .tensors()
                        .forEach(
                                (name, tensor) -> {
                                    NDArray target = other.learner().network().tensors().get(name);
                                    tensor.stopGradient()
                                            .toDevice(target.getDevice(), false)
                                            .copyTo(target);
                                });
            }
        }
    }

    /** Frees the networks when no thread computes with them any more. */
    @Override
    public void close() {
        threads.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true; // An interrupt does not end what is native.
            }
        }
        replicas.forEach(Replica::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
