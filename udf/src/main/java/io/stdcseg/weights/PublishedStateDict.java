// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.shape.StateDictLayout;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * State dictionary with which the published code computes what weights compute, the inverse of
 * {@link PublishedWeights}.
 *
 * @param tensors every name in published order, F32 and counters I64; second names have the same
 *     object as the first ones
 * @param filled which of them the weights do not have
 */
record PublishedStateDict(Map<String, TensorData> tensors, FilledTensors filled) {

    /** What an in-place norm scales by if its weight is 0. */
    private static final float SMALLEST_SCALE = Norm.scale(0);

    /** Of the whole network. */
    static PublishedStateDict of(Weights weights) {
        Map<String, long[]> shapes = StateDictLayout.published(weights.spec());
        Map<String, String> aliases = StateDictLayout.aliases(weights.spec());
        Map<String, TensorData> known = weights.tensors();
        Map<String, TensorData> tensors = filled(shapes, aliases, known);
        FilledTensors filled = FilledTensors.count(tensors.keySet(), known.keySet());
        StateDictLayout.inPlaceLayers(weights.spec()).forEach(layer -> toInPlace(layer, tensors));
        return new PublishedStateDict(withSecondNames(shapes.keySet(), aliases, tensors), filled);
    }

    /** Of the backbone and its classification head alone, by their names without a prefix. */
    static PublishedStateDict of(ClassifierWeights weights) {
        ModelSpec anyNetwork = new ModelSpec(weights.variant(), 2);
        Map<String, long[]> shapes = new LinkedHashMap<>(StateDictLayout.published(anyNetwork));
        Map<String, String> aliases = StateDictLayout.aliases(anyNetwork);
        shapes.keySet().removeIf(name -> !PublishedNames.isOfBackbone(name));
        Map<String, TensorData> known = PublishedNames.ofWholeNetwork(weights.tensors());
        Map<String, TensorData> tensors = filled(shapes, aliases, known);
        FilledTensors filled = FilledTensors.count(tensors.keySet(), known.keySet());
        Map<String, TensorData> all = withSecondNames(shapes.keySet(), aliases, tensors);
        return new PublishedStateDict(PublishedNames.ofBackbone(all), filled);
    }

    /** Known tensors, and initial ones where none is known; none under second names. */
    private static Map<String, TensorData> filled(
            Map<String, long[]> shapes,
            Map<String, String> aliases,
            Map<String, TensorData> known) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        RandomGenerator random = InitialWeights.random();
        shapes.forEach(
                (name, shape) -> {
                    if (known.containsKey(name)) {
                        tensors.put(name, known.get(name).to(ElementType.F32));
                    } else if (!aliases.containsKey(name)) {
                        tensors.put(name, initial(name, shape, random));
                    }
                });
        return tensors;
    }

    private static Map<String, TensorData> withSecondNames(
            Set<String> names, Map<String, String> aliases, Map<String, TensorData> tensors) {
        Map<String, TensorData> all = new LinkedHashMap<>();
        names.forEach(name -> all.put(name, tensors.get(aliases.getOrDefault(name, name))));
        return all;
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
