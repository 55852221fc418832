// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.function.FrameTiming;
import io.stdcseg.function.ScoreWindow;
import io.stdcseg.function.StreamTotals;
import io.stdcseg.function.ThroughputWindow;
import io.stdcseg.metric.ConfusionMatrix;
import io.stdcseg.metric.LatencyHistogram;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.InstantiationUtil;

/**
 * What a run adds up to. It is state: what a failed attempt added after the last checkpoint is
 * forgotten with it and added again, once. Not thread-safe.
 */
final class RunTotals implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Map<String, StreamTotals> streams = new TreeMap<>();
    private final LatencyHistogram latencies = new LatencyHistogram();
    private final List<ScoreWindow> windows = new ArrayList<>();
    private final List<ThroughputWindow> throughput = new ArrayList<>();
    private NetworkInfo network;
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis = Long.MIN_VALUE;

    /** The totals that {@link #toBytes()} wrote. */
    static RunTotals fromBytes(byte[] bytes) throws IOException, ClassNotFoundException {
        return InstantiationUtil.deserializeObject(bytes, RunTotals.class.getClassLoader());
    }

    byte[] toBytes() throws IOException {
        return InstantiationUtil.serializeObject(this);
    }

    void add(ReportEvent event) {
        if (event.timing() != null) {
            add(event.timing());
        } else if (event.stream() != null) {
            streams.put(event.stream().stream(), event.stream());
        } else if (event.window() != null) {
            windows.add(event.window());
        } else if (event.throughput() != null) {
            throughput.add(event.throughput());
        } else {
            network = event.network();
        }
    }

    private void add(FrameTiming timing) {
        latencies.add(timing.latencyNanos());
        firstMillis = Math.min(firstMillis, timing.endMillis() - timing.latencyNanos() / 1_000_000);
        lastMillis = Math.max(lastMillis, timing.endMillis());
    }

    /** Streams that have ended, by name. */
    Map<String, StreamTotals> streams() {
        return streams;
    }

    LatencyHistogram latencies() {
        return latencies;
    }

    List<ScoreWindow> windows() {
        return windows;
    }

    List<ThroughputWindow> throughput() {
        return throughput;
    }

    /** What made the masks; null if none was made. */
    NetworkInfo network() {
        return network;
    }

    long frames() {
        return streams.values().stream().mapToLong(StreamTotals::frames).sum();
    }

    long labelledFrames() {
        return streams.values().stream().mapToLong(StreamTotals::labelledFrames).sum();
    }

    /** Counts of all labelled frames; null if there was none. */
    ConfusionMatrix confusion() {
        ConfusionMatrix sum = null;
        for (StreamTotals stream : streams.values()) {
            if (stream.counts() != null) {
                ConfusionMatrix part = ConfusionMatrix.fromLongs(stream.counts());
                if (sum == null) {
                    sum = part;
                } else {
                    sum.merge(part);
                }
            }
        }
        return sum;
    }

    /** From the end of the first frame's decoding to the last frame's mask; 0 without frames. */
    double wallSeconds() {
        return latencies.count() == 0 ? 0 : (lastMillis - firstMillis) / 1000.0;
    }
}
