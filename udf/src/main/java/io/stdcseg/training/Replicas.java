// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.stdcseg.inference.Devices;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.network.TensorData;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.loss.LossValues;
import io.stdcseg.training.loss.SegmentationLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The same network on each device: every one learns from its part of a batch, norms see that part
 * alone, and the first one's parameters move by the mean of all gradients and are copied to the
 * others. As in the published training, running statistics are the first device's.
 */
final class Replicas implements AutoCloseable {

    private final Engine engine;
    private final List<Replica> replicas = new ArrayList<>();

    Replicas(
            Engine engine,
            List<String> devices,
            ModelSpec spec,
            Map<String, TensorData> weights,
            Precision precision) {
        this.engine = engine;
        for (String device : devices) {
            replicas.add(new Replica(engine, Devices.djl(device), spec, weights, precision));
        }
    }

    /** The one whose parameters move. */
    EagerNetwork network() {
        return replicas.get(0).network();
    }

    /** Of the one whose parameters move. */
    NDManager memory() {
        return replicas.get(0).memory();
    }

    /** How many there are. */
    int size() {
        return replicas.size();
    }

    /** Makes the other devices take gradients of what the first does, from the same parameters. */
    void learnAlike() {
        for (Replica other : replicas.subList(1, replicas.size())) {
            network()
                    .tensors()
                    .forEach(
                            (name, tensor) ->
                                    other.network()
                                            .tensors()
                                            .get(name)
                                            .setRequiresGradient(tensor.hasGradient()));
        }
        spread();
    }

    /** Adds the batch's gradients to those of {@link #network()}. */
    LossValues gradients(TrainingBatch batch, SegmentationLoss loss) {
        int part = batch.pictures() / replicas.size();
        List<NDManager> scopes = new ArrayList<>();
        try (GradientCollector collector = engine.newGradientCollector()) {
            List<SegmentationLoss.Terms> terms = new ArrayList<>();
            NDArray total = null;
            for (int i = 0; i < replicas.size(); i++) {
                NDManager scope = replicas.get(i).memory().newSubManager();
                scopes.add(scope);
                terms.add(replicas.get(i).terms(batch, i * part, part, loss, scope));
                NDArray own = terms.get(i).total().div(replicas.size());
                total = total == null ? own : total.add(own.toDevice(total.getDevice(), false));
            }
            collector.backward(total);
            return LossValues.mean(terms.stream().map(SegmentationLoss.Terms::values).toList());
        } finally {
            scopes.forEach(NDManager::close);
            gather();
        }
    }

    private void gather() {
        for (Replica other : replicas.subList(1, replicas.size())) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                other.network()
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
                                    NDArray target = other.network().tensors().get(name);
                                    tensor.stopGradient()
                                            .toDevice(target.getDevice(), false)
                                            .copyTo(target);
                                });
            }
        }
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
    }
}
