// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.quantise;

import io.stdcseg.network.Convolution;
import io.stdcseg.tensor.TensorData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Activation ranges: how far the numbers behind layers reached on calibration pictures.
 *
 * @param reaches by the name of a layer's convolution: the largest magnitude of each channel behind
 *     the activation, floats, not negative
 */
public record ActivationRanges(Map<String, TensorData> reaches) {

    /** Nothing was measured: batch norms tell. */
    public static final ActivationRanges NONE = new ActivationRanges(Map.of());

    private static final String SUFFIX = ".reach";

    public ActivationRanges {
        reaches = Collections.unmodifiableMap(new LinkedHashMap<>(reaches));
    }

    public boolean isEmpty() {
        return reaches.isEmpty();
    }

    /** Weights with the ranges among them, where {@link Quantisation#behind} finds them. */
    public Map<String, TensorData> beside(Map<String, TensorData> weights) {
        if (isEmpty()) {
            return weights;
        }
        Map<String, TensorData> both = new LinkedHashMap<>(weights);
        reaches.forEach((layer, reach) -> both.put(layer + SUFFIX, reach));
        return both;
    }

    /** What was measured behind a layer. */
    static Optional<TensorData> behind(Convolution layer, Map<String, TensorData> weights) {
        return Optional.ofNullable(weights.get(layer.name() + SUFFIX));
    }
}
