// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Loss values of a batch, term by term.
 *
 * @param terms by name, in the order of {@link DifferentiableLosses}; their sum is minimised
 */
public record LossValues(Map<String, Double> terms) {

    public LossValues {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    }

    /** What is minimised. */
    public double total() {
        return terms.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The mean of each term over parts of a batch of the same size. */
    public static LossValues mean(List<LossValues> parts) {
        Map<String, Double> means = new LinkedHashMap<>();
        for (String name : parts.get(0).terms().keySet()) {
            means.put(
                    name,
                    parts.stream()
                            .mapToDouble(part -> part.terms().get(name))
                            .average()
                            .orElseThrow());
        }
        return new LossValues(means);
    }

    /**
     * Linear interpolation towards others, as moving averages need it: 0 = these, 1 = the others.
     */
    public LossValues towards(LossValues others, double share) {
        Map<String, Double> between = new LinkedHashMap<>();
        terms.forEach(
                (name, value) ->
                        between.put(name, value + share * (others.terms.get(name) - value)));
        return new LossValues(between);
    }

    @Override
    public String toString() {
        return terms.entrySet().stream()
                .map(term -> term.getKey() + " " + term.getValue())
                .collect(Collectors.joining(", "));
    }
}
