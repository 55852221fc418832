// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

/** A mean in which older values fade; about the last twenty count. Thread-safe. */
public final class MovingMean {

    private static final double WEIGHT = 0.1;

    private double mean = Double.NaN;

    public synchronized void add(double value) {
        mean = Double.isNaN(mean) ? value : mean + WEIGHT * (value - mean);
    }

    /** The mean; 0 before the first value. */
    public synchronized double value() {
        return Double.isNaN(mean) ? 0 : mean;
    }
}
