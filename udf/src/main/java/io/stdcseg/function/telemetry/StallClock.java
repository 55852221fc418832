// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.telemetry;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.MetricGroup;

/**
 * Clock of an operator that may hang: for how long there has been work of which nothing was done.
 * An operator that waits for input has no work, so the clock stands at zero. Thread-safe.
 */
public final class StallClock {

    /** Gauge: seconds for which there has been work and no progress; 0 without work. */
    public static final String STALLED_SECONDS = "stalledSeconds";

    /** Gauge of sources: seconds since the last frame, while there is no work; 0 while there is. */
    public static final String WAITING_SECONDS = "waitingSeconds";

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanos;
    private final BooleanSupplier hasWork;
    private volatile long progressed;

    /**
     * @param nanos a clock that only goes on
     * @param hasWork whether there is something to do; asked by reporters in their threads
     */
    public StallClock(LongSupplier nanos, BooleanSupplier hasWork) {
        this.nanos = nanos;
        this.hasWork = hasWork;
        this.progressed = nanos.getAsLong();
    }

    public void register(MetricGroup group) {
        group.gauge(STALLED_SECONDS, this::seconds);
    }

    /** Something was done, or work has come where there was none. */
    public void progress() {
        progressed = nanos.getAsLong();
    }

    double seconds() {
        return hasWork.getAsBoolean() ? (nanos.getAsLong() - progressed) / NANOS_PER_SECOND : 0;
    }
}
