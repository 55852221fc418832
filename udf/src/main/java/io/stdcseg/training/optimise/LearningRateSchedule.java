// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.optimise;

import io.stdcseg.error.InputException;

/**
 * Learning rate schedule: a factor that grows from {@code start} to 1 during the warm-up,
 * exponentially as published, and then decays to 0.
 *
 * @param iterations of the whole training
 * @param warmUp iterations of the warm-up; may be 0
 * @param start share of the rate in the first iteration; published: 1e-5 / 1e-2
 * @param decay its shape after the warm-up
 * @param power of a polynomial decay; published: 0.9. Of no meaning for others
 */
public record LearningRateSchedule(
        int iterations, int warmUp, double start, Decay decay, double power) {

    public LearningRateSchedule {
        InputException.unless(iterations >= 1, "schedule.iterations", iterations, "1 or more");
        InputException.unless(
                warmUp >= 0 && warmUp < iterations,
                "schedule.warm-up",
                warmUp,
                "0 to below schedule.iterations, " + iterations + ",");
        InputException.unless(
                start > 0 && start <= 1, "schedule.start", start, "above 0, at most 1,");
        InputException.unless(power >= 0 && power <= 10, "schedule.power", power, "0 to 10");
    }

    /** Decay of the rate after the warm-up. */
    public enum Decay {
        /** As (1 - progress) to a power. */
        POLY,
        /** As half a wave of the cosine: slowly at first and in the end. */
        COSINE
    }

    /** The share of the full rate in an iteration, counted from 0. */
    public double factor(int iteration) {
        if (iteration < warmUp) {
            return start * Math.pow(1 / start, iteration / (double) warmUp);
        }
        double progress = (iteration - warmUp) / (double) (iterations - warmUp);
        return switch (decay) {
            case POLY -> Math.pow(1 - progress, power);
            case COSINE -> (1 + Math.cos(Math.PI * progress)) / 2;
        };
    }
}
