// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

/**
 * Exponential moving average of the sizes of a batcher's batches, for metrics; about the last
 * twenty count. Thread-safe.
 */
public final class BatchStatistics implements BatchListener {

    private static final double WEIGHT = 0.1;

    private double average = Double.NaN;

    @Override
    public synchronized void processed(int items, long waitedNanos, long processedNanos) {
        average = Double.isNaN(average) ? items : average + WEIGHT * (items - average);
    }

    /** Items per batch; 0 before the first. */
    public synchronized double size() {
        return Double.isNaN(average) ? 0 : average;
    }
}
