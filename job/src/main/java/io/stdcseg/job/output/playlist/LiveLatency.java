// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.function.throughput.LatencyHistogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * Latency of live playlists: time from when a frame was taken until a playlist has it, over all
 * frames of this attempt. One thread adds, others read.
 */
final class LiveLatency {

    /** Milliseconds within which a playlist has half of the frames. */
    static final String P50 = "playlistLatencyP50Millis";

    /** Milliseconds within which a playlist has 95 of 100 frames. */
    static final String P95 = "playlistLatencyP95Millis";

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LatencyHistogram frames = new LatencyHistogram();

    void register(MetricGroup metrics) {
        metrics.gauge(P50, this::p50Millis);
        metrics.gauge(P95, this::p95Millis);
    }

    /**
     * Counts the frames of a segment, which follow each other evenly.
     *
     * @param first when the first one was taken, in milliseconds since 1970
     * @param last when the last one was taken
     * @param count how many they are
     * @param now when the playlist has them
     */
    synchronized void add(long first, long last, long count, long now) {
        for (long i = 0; i < count; i++) {
            long taken = first + (last - first) * i / Math.max(1, count - 1);
            frames.add((now - taken) * NANOS_PER_MILLI);
        }
    }

    private synchronized double p50Millis() {
        return frames.p50Millis();
    }

    private synchronized double p95Millis() {
        return frames.p95Millis();
    }
}
