// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.timing;

import io.stdcseg.engine.timing.LatencyMeter.Latency;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Durations of a thread's calls, and their percentiles. For one thread at a time. */
final class CallTimes {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private long[] nanos = new long[1024];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    int count() {
        return count;
    }

    /** Calls per second of a thread that did nothing else. */
    double rate() {
        return count * NANOS_PER_SECOND / all().sum();
    }

    private LongStream all() {
        return Arrays.stream(nanos, 0, count);
    }

    /**
     * Sums up threads that made calls side by side, each call for {@code batch} frames.
     *
     * @param processorNanos what the process computed meanwhile
     */
    static Latency.Timing timing(List<CallTimes> threads, int batch, long processorNanos) {
        double rate = threads.stream().mapToDouble(CallTimes::rate).sum();
        long[] sorted = threads.stream().flatMapToLong(CallTimes::all).sorted().toArray();
        return new Latency.Timing(
                batch * rate,
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                processorNanos / NANOS_PER_MILLI / batch / sorted.length);
    }

    /** The smallest time that {@code percent} of the calls did not exceed, in milliseconds. */
    private static double percentile(long[] sorted, int percent) {
        long rank = ((long) sorted.length * percent + 99) / 100;
        return sorted[(int) rank - 1] / NANOS_PER_MILLI;
    }
}
