// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

/** Moving means over a batcher's last batches, for metrics. Thread-safe. */
public final class BatchStatistics implements BatchListener {

    private static final double NANOS_PER_MILLI = 1e6;

    private final MovingMean size = new MovingMean();
    private final MovingMean waitMillis = new MovingMean();
    private final MovingMean processMillis = new MovingMean();

    @Override
    public void processed(int items, long waitedNanos, long processedNanos) {
        size.add(items);
        waitMillis.add(waitedNanos / NANOS_PER_MILLI);
        processMillis.add(processedNanos / NANOS_PER_MILLI);
    }

    /** Items per batch. */
    public double size() {
        return size.value();
    }

    /** Milliseconds from the arrival of a batch's first item until work on it began. */
    public double waitMillis() {
        return waitMillis.value();
    }

    /** Milliseconds of work per batch. */
    public double processMillis() {
        return processMillis.value();
    }

    /** A mean in which older values fade; about the last twenty count. Thread-safe. */
    public static final class MovingMean {

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
}
