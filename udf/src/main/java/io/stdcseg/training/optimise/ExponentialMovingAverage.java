// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.optimise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Exponential moving average of all tensors of a network, statistics included: steadier than the
 * network itself, and usually better. While there have been few steps, it forgets faster.
 */
public final class ExponentialMovingAverage {

    private final double decay;
    private final Map<String, NDArray> live;
    private final Map<String, NDArray> averages = new LinkedHashMap<>();

    /**
     * An average that equals the tensors.
     *
     * @param decay share of the average that a step keeps, 0 to 1
     * @param live tensors by name
     * @param memory that the averages belong to
     */
    public ExponentialMovingAverage(double decay, Map<String, NDArray> live, NDManager memory) {
        this.decay = decay;
        this.live = live;
        live.forEach((name, tensor) -> averages.put(name, copy(tensor, memory)));
    }

    private static NDArray copy(NDArray tensor, NDManager memory) {
        NDArray copy = tensor.stopGradient().duplicate();
        copy.attach(memory);
        return copy;
    }

    /**
     * Takes in what the tensors are now.
     *
     * @param steps that have been made
     */
    public void update(long steps) {
        double share = 1 - Math.min(decay, (1.0 + steps) / (10.0 + steps));
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            averages.forEach(
                    (name, average) ->
                            average.addi(live.get(name).stopGradient().sub(average).mul(share)));
        }
    }

    /** By name, live: setting these numbers restores it. */
    public Map<String, NDArray> tensors() {
        return averages;
    }
}
