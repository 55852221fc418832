// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.throughput;

import io.stdcseg.function.throughput.ThroughputFunction.FrameTiming;
import io.stdcseg.function.window.StreamTime;
import io.stdcseg.metric.LatencyHistogram;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast frames of all streams were in a stretch of wall-clock time.
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
     * @param pane null if there were no frames
     */
    public static ThroughputWindow of(long startNanos, long endNanos, ThroughputPane pane) {
        double start = StreamTime.seconds(startNanos);
        double end = StreamTime.seconds(endNanos);
        if (pane == null) {
            return new ThroughputWindow(start, end, 0, 0, 0, 0, 0, 0);
        }
        LatencyHistogram latencies = LatencyHistogram.fromLongs(pane.latencies());
        return new ThroughputWindow(
                start,
                end,
                pane.frames(),
                pane.frames() / StreamTime.seconds(endNanos - startNanos),
                latencies.p50Millis(),
                latencies.p95Millis(),
                latencies.p99Millis(),
                pane.frames() / pane.batches());
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
     * @param latencies a {@link LatencyHistogram}
     */
    public record ThroughputPane(long frames, double batches, long[] latencies) {

        private static final ThroughputPane EMPTY =
                new ThroughputPane(0, 0, new LatencyHistogram().toLongs());

        public static ThroughputPane of(FrameTiming timing) {
            return EMPTY.plus(timing);
        }

        ThroughputPane plus(FrameTiming timing) {
            LatencyHistogram sum = LatencyHistogram.fromLongs(latencies);
            sum.add(timing.latencyNanos());
            return new ThroughputPane(
                    frames + 1, batches + 1.0 / timing.batchSize(), sum.toLongs());
        }

        static ThroughputPane sum(ThroughputPane left, ThroughputPane right) {
            LatencyHistogram latencies = LatencyHistogram.fromLongs(left.latencies);
            latencies.merge(LatencyHistogram.fromLongs(right.latencies));
            return new ThroughputPane(
                    left.frames + right.frames, left.batches + right.batches, latencies.toLongs());
        }
    }
}
