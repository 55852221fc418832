// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.throughput;

import io.stdcseg.function.window.StreamTime;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Throughput and latency of all streams in a window of wall-clock time.
 *
 * @param windowStart seconds since 1970 by the clock of the machine that counts
 * @param windowEnd seconds since 1970
 * @param p50Millis latency that half of the frames do not exceed; 0 without frames, as are the
 *     other numbers
 * @param batchSize mean size of the batches that the network saw
 */
public record ThroughputWindow(
        double windowStart,
        double windowEnd,
        long frames,
        double framesPerSecond,
        double p50Millis,
        double p95Millis,
        double p99Millis,
        double batchSize)
        implements Serializable {

    /**
     * The numbers of a window.
     *
     * @param pane null if there were no frames
     */
    public static ThroughputWindow of(long startNanos, long endNanos, ThroughputPane pane) {
        double start = StreamTime.seconds(startNanos);
        double end = StreamTime.seconds(endNanos);
        if (pane == null) {
            return new ThroughputWindow(start, end, 0, 0, 0, 0, 0, 0);
        }
        LatencyHistogram latencies = pane.latencies();
        long frames = latencies.count();
        return new ThroughputWindow(
                start,
                end,
                frames,
                frames / StreamTime.seconds(endNanos - startNanos),
                latencies.p50Millis(),
                latencies.p95Millis(),
                latencies.p99Millis(),
                frames / pane.batches());
    }

    /** What a throughput file says of the window. */
    public Map<String, Object> toMap() {
        Map<String, Object> latency = new LinkedHashMap<>();
        latency.put("p50", p50Millis);
        latency.put("p95", p95Millis);
        latency.put("p99", p99Millis);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("windowStart", windowStart);
        map.put("windowEnd", windowEnd);
        map.put("frames", frames);
        map.put("framesPerSecond", framesPerSecond);
        map.put("latencyMillis", latency);
        map.put("batchSize", batchSize);
        return map;
    }

    /**
     * The frames of a stretch of time.
     *
     * @param batches how many calls of the network the frames took, a frame of a batch of n
     *     counting 1/n
     * @param latencies one per frame; not to be changed
     */
    public record ThroughputPane(double batches, LatencyHistogram latencies) {

        static final ThroughputPane EMPTY = new ThroughputPane(0, new LatencyHistogram());

        ThroughputPane plus(FrameTiming timing) {
            LatencyHistogram sum = latencies.copy();
            sum.add(timing.latencyNanos());
            return new ThroughputPane(batches + 1.0 / timing.batchSize(), sum);
        }

        ThroughputPane plus(ThroughputPane other) {
            LatencyHistogram sum = latencies.copy();
            sum.merge(other.latencies);
            return new ThroughputPane(batches + other.batches, sum);
        }
    }

    /**
     * Timing of one frame.
     *
     * @param endMillis wall-clock time at which its mask was there and scored, since 1970
     * @param latencyNanos from the end of its decoding until its mask was there and scored
     * @param batchSize how many frames the network saw in the same call
     * @param networkNanos how long that call took; 0 where nobody looked
     */
    public record FrameTiming(
            long endMillis, long latencyNanos, int batchSize, long networkNanos) {}
}
