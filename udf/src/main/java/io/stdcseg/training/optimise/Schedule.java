// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.optimise;

/**
 * The learning rate over time, as a share of the full one: it grows from {@code start} to 1 during
 * the warm-up, exponentially as published, and then falls as (1 - progress) to a power.
 *
 * @param iterations of the whole training
 * @param warmUp iterations of the warm-up; may be 0
 * @param start share of the rate in the first iteration; published: 1e-5 / 1e-2
 * @param power of the fall; published: 0.9
 */
public record Schedule(int iterations, int warmUp, double start, double power) {

    /** The share of the full rate in an iteration, counted from 0. */
    public double factor(int iteration) {
        if (iteration < warmUp) {
            return start * Math.pow(1 / start, iteration / (double) warmUp);
        }
        double progress = (iteration - warmUp) / (double) (iterations - warmUp);
        return Math.pow(1 - progress, power);
    }
}
