// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import io.stdcseg.metric.LatencyHistogram;

/**
 * The frames of a stretch of time.
 *
 * @param batches how many calls of the network the frames took, a frame of a batch of n counting
 *     1/n
 * @param latencies a {@link LatencyHistogram}
 */
public record ThroughputPane(long frames, double batches, long[] latencies) {

    static ThroughputPane of(FrameTiming timing) {
        LatencyHistogram latencies = new LatencyHistogram();
        latencies.add(timing.latencyNanos());
        return new ThroughputPane(1, 1.0 / timing.batchSize(), latencies.toLongs());
    }

    static ThroughputPane sum(ThroughputPane left, ThroughputPane right) {
        LatencyHistogram latencies = LatencyHistogram.fromLongs(left.latencies);
        latencies.merge(LatencyHistogram.fromLongs(right.latencies));
        return new ThroughputPane(
                left.frames + right.frames, left.batches + right.batches, latencies.toLongs());
    }
}
