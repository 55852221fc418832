// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import io.stdcseg.error.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Class weights: how much the pixels of each class count in the cross entropy.
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

    /** Weights by class frequency. */
    public static ClassWeights power(double power) {
        return new ClassWeights(power, List.of());
    }

    /** Weights as given, in the order of the label set. */
    public static ClassWeights of(List<Double> byTrainId) {
        return new ClassWeights(0, byTrainId);
    }

    /**
     * The weights by train id; unless they were given one by one, the mean over all pixels is 1.
     *
     * @param classes how many there are
     * @param frequencies share of each class in the pixels of the data set; counted only if needed
     */
    public float[] values(int classes, Supplier<double[]> frequencies) {
        float[] weights = new float[classes];
        if (!byTrainId.isEmpty()) {
            for (int id = 0; id < classes; id++) {
                weights[id] = byTrainId.get(id).floatValue();
            }
            return weights;
        }
        Arrays.fill(weights, 1);
        if (power > 0) {
            double[] shares = frequencies.get();
            double mean = 0;
            for (double share : shares) {
                mean += share * weight(share);
            }
            for (int id = 0; id < classes; id++) {
                weights[id] = (float) (weight(shares[id]) / mean);
            }
        }
        return weights;
    }

    private double weight(double share) {
        return Math.pow(Math.log(1.02 + share), -power);
    }
}
