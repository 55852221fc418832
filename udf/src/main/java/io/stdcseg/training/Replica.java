// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.network.TensorData;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.network.eager.NumberFormat;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.loss.Labels;
import io.stdcseg.training.loss.SegmentationLoss;
import java.nio.ByteBuffer;
import java.util.Map;

/** The network on one device. */
final class Replica implements AutoCloseable {

    private final NDManager memory;
    private final Bfloat16 bfloat16;
    private final EagerNetwork network;

    Replica(
            Engine engine,
            Device device,
            ModelSpec spec,
            Map<String, TensorData> weights,
            Precision precision) {
        memory = engine.newBaseManager(device);
        bfloat16 = precision == Precision.BF16 ? new Bfloat16(device) : null;
        NumberFormat format = bfloat16 == null ? NumberFormat.FLOATS : bfloat16;
        network = new EagerNetwork(spec, weights, memory, format);
    }

    EagerNetwork network() {
        return network;
    }

    /** What parameters belong to, and whatever lives as long as they do. */
    NDManager memory() {
        return memory;
    }

    /**
     * The losses of a part of a batch; what is computed belongs to {@code scope}.
     *
     * @param first picture of the part
     * @param pictures in the part
     * @param scope on this replica's device
     */
    SegmentationLoss.Terms terms(
            TrainingBatch batch, int first, int pictures, SegmentationLoss loss, NDManager scope) {
        int area = batch.rows() * batch.columns();
        ByteBuffer pixels = batch.pixels().slice(3 * area * first, 3 * area * pictures);
        ByteBuffer ids = batch.labels().slice(area * first, area * pictures);
        Shape shape = new Shape(pictures, batch.rows(), batch.columns(), 3);
        NDArray image = EagerNetwork.normalise(scope.create(pixels, shape, DataType.UINT8));
        Labels labels = new Labels(pictures, batch.rows(), batch.columns(), ids);
        return loss.terms(network.forward(image, loss.details(), true), labels);
    }

    @Override
    public void close() {
        memory.close();
        if (bfloat16 != null) {
            bfloat16.close();
        }
    }
}
