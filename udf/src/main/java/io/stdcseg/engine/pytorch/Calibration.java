// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.network.quantise.ActivationRanges;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calibration for int8: measures how far the network's activations reach on sample pictures, in
 * single precision on the CPU. For one thread.
 */
public final class Calibration implements AutoCloseable {

    private final InputScale scale;
    private final NDManager memory;
    private final EagerNetwork network;
    private final BilinearResize bilinear;
    private final Map<String, float[]> reaches = new LinkedHashMap<>();

    /** Loads a network, which {@link #close()} frees. */
    public Calibration(Weights weights) {
        this.scale = weights.scale();
        this.memory = PyTorchRuntime.get(0).newBaseManager(Device.cpu());
        this.network = new EagerNetwork(weights.spec(), weights.inferenceOnly().tensors(), memory);
        this.bilinear = new BilinearResize(Device.cpu());
    }

    /**
     * Runs the network on one picture.
     *
     * @param picture upright; its mask is left alone
     */
    public void add(SegmentRequest picture) {
        try (NDManager scope = memory.newSubManager()) {
            NDArray levels = BatchArrays.pictures(scope, List.of(picture));
            NDArray image =
                    bilinear.resize(
                            EagerNetwork.normalise(levels),
                            scale.inputHeight(picture.height()),
                            scale.inputWidth(picture.width(), picture.height()));
            network.watch(image, this::widen);
        }
    }

    /** Gates have a range of their own, and scores are not rounded. */
    private void widen(Convolution layer, NDArray maps) {
        if (layer.normKind() == Norm.NONE || layer.activation() == Activation.SIGMOID) {
            return;
        }
        float[] seen = largest(maps.abs()).toFloatArray();
        float[] reach = reaches.computeIfAbsent(layer.name(), name -> new float[seen.length]);
        for (int c = 0; c < reach.length; c++) {
            reach[c] = Math.max(reach[c], seen[c]);
        }
    }

    /** One of each channel; DJL takes one axis at a time. */
    private static NDArray largest(NDArray maps) {
        return maps.max(new int[] {3}).max(new int[] {2}).max(new int[] {0});
    }

    /** What was seen so far. */
    public ActivationRanges ranges() {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        reaches.forEach(
                (layer, reach) -> tensors.put(layer, TensorData.of(reach.clone(), reach.length)));
        return new ActivationRanges(tensors);
    }

    @Override
    public void close() {
        bilinear.close();
        memory.close();
    }
}
