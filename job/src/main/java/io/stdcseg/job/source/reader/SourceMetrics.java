// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.video.live.LiveStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/** Metrics of the decoding thread, which counts; others read. */
final class SourceMetrics {

    /** Milliseconds spent opening, decoding and converting. */
    static final String DECODE_MILLIS = "decodeMillis";

    /** Pictures left out because they could not be decoded. */
    static final String PICTURES_SKIPPED = "picturesSkipped";

    /** Gauges of each live stream, in a group {@code stream} of its name. */
    static final String LAG_MILLIS = "lagMillis";

    static final String DROPPED = "dropped";
    static final String RECONNECTS = "reconnects";

    private final Map<String, LiveStream> live = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private SourceReaderMetricGroup group;
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();

    void register(SourceReaderMetricGroup group) {
        this.group = group;
        group.gauge(DECODE_MILLIS, () -> nanos.get() / 1_000_000);
        group.gauge(PICTURES_SKIPPED, skipped::get);
    }

    <T> T timed(Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos.addAndGet(System.nanoTime() - start);
        }
    }

    /** A live stream is read from here on; its gauges are there once, whoever reads it. */
    void live(String name, LiveStream stream) {
        live.put(name, stream);
        if (group == null || !known.add(name)) {
            return;
        }
        MetricGroup own = group.addGroup("stream", name);
        own.gauge(LAG_MILLIS, () -> value(name, now -> now.lagNanos() / 1_000_000));
        own.gauge(DROPPED, () -> value(name, now -> now.position().dropped()));
        own.gauge(RECONNECTS, () -> value(name, now -> now.position().reconnects()));
    }

    /** A live stream is not read any more. */
    void gone(String name) {
        live.remove(name);
    }

    private long value(String name, ToLongFunction<LiveStream> of) {
        LiveStream stream = live.get(name);
        return stream == null ? 0 : of.applyAsLong(stream);
    }

    void skipped() {
        skipped.incrementAndGet();
    }
}
