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

    private final LatencyHistogram frames = new LatencyHistogram();

    void register(MetricGroup metrics) {
        metrics.gauge(P50, this::p50Millis);
        metrics.gauge(P95, this::p95Millis);
    }

    synchronized void add(PlaylistTiming segment) {
        segment.addTo(frames);
    }

    private synchronized double p50Millis() {
        return frames.p50Millis();
    }

    private synchronized double p95Millis() {
        return frames.p95Millis();
    }
}
