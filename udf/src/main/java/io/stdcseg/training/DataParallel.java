// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import io.stdcseg.network.Precision;
import io.stdcseg.network.eager.ConvolutionPrecision;
import io.stdcseg.network.eager.Trainable;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.loss.DifferentiableLosses;
import io.stdcseg.training.loss.LossValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Data parallelism: replicas of a network, each on its device and in its thread. Every one gets a
 * part of each batch, batch norms see that part alone, and the first one's parameters move by the
 * mean of all gradients and are broadcast to the others. As in the published training, running
 * statistics are the first one's.
 *
 * <p>On a CPU each core has a replica, as sharing single operations between cores costs more than
 * it gives. For one caller.
 */
final class DataParallel implements AutoCloseable {

    private final Engine engine;
    private final List<Replica> replicas = new ArrayList<>();
    private final ExecutorService threads;

    /** A copy of the network on one device. */
    private static final class Replica implements AutoCloseable {

        private final NDManager memory;
        private final Bfloat16Convolutions bfloat16;
        private final Learner learner;

        Replica(Engine engine, Device device, Learner.Factory learners, Precision precision) {
            memory = engine.newBaseManager(device);
            bfloat16 = precision == Precision.BF16 ? new Bfloat16Convolutions(device) : null;
            ConvolutionPrecision convolutions =
                    bfloat16 == null ? ConvolutionPrecision.FP32 : bfloat16;
            learner = learners.create(memory, convolutions);
        }

        Map<String, NDArray> tensors() {
            return learner.network().tensors();
        }

        @Override
        public void close() {
            memory.close();
            if (bfloat16 != null) {
                bfloat16.close();
            }
        }
    }

    DataParallel(Engine engine, TrainingDevices devices, Learner.Factory learners) {
        this.engine = engine;
        this.threads = Executors.newFixedThreadPool(devices.names().size(), DataParallel::thread);
        try {
            for (String device : devices.names()) {
                replicas.add(
                        new Replica(
                                engine,
                                PyTorchRuntime.device(device),
                                learners,
                                devices.precision()));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
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

    /** The network of the first replica, whose parameters move. */
    Trainable network() {
        return replicas.get(0).learner.network();
    }

    /** What the first replica's parameters belong to. */
    NDManager memory() {
        return replicas.get(0).memory;
    }

    private List<Replica> others() {
        return replicas.subList(1, replicas.size());
    }

    /** Makes the other replicas take gradients of what the first does, from the same parameters. */
    void synchronise() {
        for (Replica other : others()) {
            network()
                    .tensors()
                    .forEach(
                            (name, tensor) ->
                                    other.tensors()
                                            .get(name)
                                            .setRequiresGradient(tensor.hasGradient()));
        }
        broadcast();
    }

    /** Forward and backward pass: adds the batch's gradients to those of {@link #network()}. */
    LossValues backward(TrainingBatch batch) throws InterruptedException {
        int part = batch.pictures() / replicas.size();
        try (GradientCollector collector = engine.newGradientCollector()) {
            List<Callable<LossValues>> parts = new ArrayList<>();
            for (int i = 0; i < replicas.size(); i++) {
                Replica replica = replicas.get(i);
                int first = i * part;
                parts.add(() -> backward(replica, batch, first, part, replicas.size(), collector));
            }
            List<LossValues> values = new ArrayList<>();
            for (Future<LossValues> done : threads.invokeAll(parts)) {
                values.add(result(done));
            }
            reduceGradients();
            return LossValues.mean(values);
        }
    }

    private static LossValues backward(
            Replica replica,
            TrainingBatch batch,
            int first,
            int pictures,
            int parts,
            GradientCollector collector) {
        try (NDManager scope = replica.memory.newSubManager()) {
            DifferentiableLosses losses = replica.learner.losses(batch, first, pictures, scope);
            collector.backward(losses.total(parts));
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

    /** Adds the other replicas' gradients to the first one's. */
    private void reduceGradients() {
        for (Replica other : others()) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                other.tensors()
                        .forEach(
                                (name, tensor) ->
                                        addGradient(network().tensors().get(name), tensor));
            }
        }
    }

    private static void addGradient(NDArray to, NDArray from) {
        if (from.hasGradient() && to.hasGradient()) {
            NDArray gradient = from.getGradient();
            to.getGradient().addi(gradient.toDevice(to.getDevice(), false));
            gradient.subi(gradient);
        }
    }

    /** Copies the first replica's parameters to the others. */
    void broadcast() {
        for (Replica other : others()) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                network()
                        .tensors()
                        .forEach(
                                (name, tensor) -> {
                                    NDArray target = other.tensors().get(name);
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
