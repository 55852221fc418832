// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

/** Moving averages over a batcher's last batches, for metrics. Thread-safe. */
public final class BatchStatistics implements BatchListener {

    private static final double NANOS_PER_MILLI = 1e6;

    private final MovingAverage size = new MovingAverage();
    private final MovingAverage waitMillis = new MovingAverage();
    private final MovingAverage processMillis = new MovingAverage();

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

    /** Exponential moving average, in which about the last twenty values count. Thread-safe. */
    public static final class MovingAverage {

        private static final double WEIGHT = 0.1;

        private double average = Double.NaN;

        public synchronized void add(double value) {
            average = Double.isNaN(average) ? value : average + WEIGHT * (value - average);
        }

        /** The average; 0 before the first value. */
        public synchronized double value() {
            return Double.isNaN(average) ? 0 : average;
        }
    }
}
