// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.telemetry;

import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * Durations of what an operator does again and again, as a histogram of Flink's: microseconds, of
 * the last thousand. Any thread may add one.
 */
public final class Durations {

    /** How many durations quantiles are of: half a minute of video. */
    static final int WINDOW = 1000;

    private static final int NANOS_PER_MICRO = 1000;

    private final Histogram micros;

    private Durations(Histogram micros) {
        this.micros = micros;
    }

    /**
     * Registers a histogram.
     *
     * @param name ends with {@code Micros}
     */
    public static Durations register(MetricGroup group, String name) {
        return new Durations(group.histogram(name, new DescriptiveStatisticsHistogram(WINDOW)));
    }

    public void add(long nanos) {
        micros.update(nanos / NANOS_PER_MICRO);
    }
}
