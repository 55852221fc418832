// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import io.stdcseg.error.InputException;
import java.util.List;

/**
 * How much the pixels of each class count.
 *
 * @param power how much more rare classes count, 0 to 1: 1 / ln(1.02 + share of the class) to this
 *     power. 0 = all alike; 1 = as in ENet
 * @param byTrainId weights given one by one, taken as they are; empty to follow the power
 */
public record ClassWeights(double power, List<Double> byTrainId) {

    private static final String KEY = "loss.class-weights";
    private static final double LARGEST = 1e6;

    public ClassWeights {
        byTrainId = List.copyOf(byTrainId);
        InputException.unless(power >= 0 && power <= 1, KEY, power, "0 to 1");
        InputException.unless(
                byTrainId.stream().allMatch(weight -> weight >= 0 && weight <= LARGEST)
                        && (byTrainId.isEmpty()
                                || byTrainId.stream().anyMatch(weight -> weight > 0)),
                KEY,
                byTrainId,
                "a list of weights from 0, not all 0,");
    }

    /** Weights that follow from how much of the pictures each class covers. */
    public static ClassWeights power(double power) {
        return new ClassWeights(power, List.of());
    }

    /** Weights as they are, in the order of the label set. */
    public static ClassWeights of(List<Double> byTrainId) {
        return new ClassWeights(0, byTrainId);
    }
}
