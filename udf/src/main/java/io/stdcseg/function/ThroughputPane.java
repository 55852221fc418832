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

    private static final ThroughputPane EMPTY =
            new ThroughputPane(0, 0, new LatencyHistogram().toLongs());

    static ThroughputPane of(FrameTiming timing) {
        return EMPTY.plus(timing);
    }

    ThroughputPane plus(FrameTiming timing) {
        LatencyHistogram sum = LatencyHistogram.fromLongs(latencies);
        sum.add(timing.latencyNanos());
        return new ThroughputPane(frames + 1, batches + 1.0 / timing.batchSize(), sum.toLongs());
    }

    static ThroughputPane sum(ThroughputPane left, ThroughputPane right) {
        LatencyHistogram latencies = LatencyHistogram.fromLongs(left.latencies);
        latencies.merge(LatencyHistogram.fromLongs(right.latencies));
        return new ThroughputPane(
                left.frames + right.frames, left.batches + right.batches, latencies.toLongs());
    }
}
