// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.checkpoint;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.ElementType;
import io.stdcseg.network.Norm;
import io.stdcseg.network.TensorData;
import io.stdcseg.network.shape.NetworkSummary;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A state dictionary with which the published code computes what weights compute, the inverse of
 * {@link PublishedWeights}.
 *
 * @param tensors every name in published order, F32 and counters I64; second names have the same
 *     object as the first ones
 * @param filled which of them the weights do not have
 */
record PublishedStateDict(Map<String, TensorData> tensors, FilledTensors filled) {

    /** Names and shapes of weights do not depend on a picture's size. */
    private static final int ANY_SIZE = 64;

    /** What an in-place norm scales by if its weight is 0. */
    private static final float SMALLEST_SCALE = Norm.scale(0);

    static PublishedStateDict of(Weights weights) {
        NetworkSummary network = NetworkSummary.of(weights.spec(), ANY_SIZE, ANY_SIZE);
        Map<String, long[]> shapes = network.stateDict();
        Map<String, String> aliases = network.aliases();
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        RandomGenerator random = InitialWeights.random();
        shapes.forEach(
                (name, shape) -> {
                    TensorData known = weights.tensors().get(name);
                    if (known != null) {
                        tensors.put(name, known.to(ElementType.F32));
                    } else if (!aliases.containsKey(name)) {
                        tensors.put(name, initial(name, shape, random));
                    }
                });
        FilledTensors filled = FilledTensors.count(tensors.keySet(), weights.tensors().keySet());
        NetworkSummary.inPlaceLayers(weights.spec()).forEach(layer -> toInPlace(layer, tensors));
        Map<String, TensorData> all = new LinkedHashMap<>();
        shapes.keySet()
                .forEach(name -> all.put(name, tensors.get(aliases.getOrDefault(name, name))));
        return new PublishedStateDict(all, filled);
    }

    private static TensorData initial(String name, long[] shape, RandomGenerator random) {
        return PublishedNames.isCounter(name)
                ? new TensorData(ElementType.I64, shape, ByteBuffer.allocate(Long.BYTES))
                : InitialWeights.tensor(name, shape, random);
    }

    /**
     * Turns a layer's plain scales into weights of an in-place norm. Such a norm scales by 1e-5 at
     * least; where the scale is smaller or negative, the convolution before the norm, and the mean
     * that the norm expects, take over the quotient.
     */
    private static void toInPlace(Convolution layer, Map<String, TensorData> tensors) {
        String name = layer.norm() + ".weight";
        float[] weight = tensors.get(name).toFloats();
        float[] quotient = new float[weight.length];
        for (int channel = 0; channel < weight.length; channel++) {
            float scale = Math.max(Math.abs(weight[channel]), SMALLEST_SCALE);
            quotient[channel] = weight[channel] / scale; // 1 for almost all
            weight[channel] = Norm.weight(scale);
        }
        tensors.put(name, TensorData.of(weight, weight.length));
        tensors.compute(layer.weightName(), (n, tensor) -> multiply(tensor, quotient));
        tensors.compute(layer.norm() + ".running_mean", (n, mean) -> multiply(mean, quotient));
    }

    /** Multiplies each output channel by its factor. */
    private static TensorData multiply(TensorData tensor, float[] factors) {
        float[] values = tensor.toFloats();
        int each = values.length / factors.length;
        for (int i = 0; i < values.length; i++) {
            values[i] *= factors[i / each];
        }
        return TensorData.of(values, tensor.shape());
    }
}
