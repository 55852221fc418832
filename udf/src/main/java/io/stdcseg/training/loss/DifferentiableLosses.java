// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Losses of a batch as scalar arrays, from which back-propagation starts; {@link LossValues} are
 * their numbers.
 *
 * @param terms by name; their sum is minimised
 */
public record DifferentiableLosses(Map<String, NDArray> terms) {

    public DifferentiableLosses {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    }

    /** What is minimised. */
    public NDArray total() {
        return terms.values().stream().reduce(NDArray::add).orElseThrow();
    }

    /** What is minimised where the batch is one of several parts. */
    public NDArray total(int parts) {
        return ScalarOps.divide(total(), parts);
    }

    /** The numbers, copied from the device. */
    public LossValues values() {
        Map<String, Double> values = new LinkedHashMap<>();
        terms.forEach((name, term) -> values.put(name, (double) term.getFloat()));
        return new LossValues(values);
    }
}
