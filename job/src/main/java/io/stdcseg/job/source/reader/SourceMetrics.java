// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.frame.Frame;
import io.stdcseg.function.telemetry.Durations;
import io.stdcseg.function.telemetry.FrameSpans;
import io.stdcseg.function.telemetry.StallClock;
import io.stdcseg.video.live.LiveStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.MetricNames;

/**
 * Metrics of the decoding thread, which counts; others read. Flink's names for sources where there
 * is one: pictures left out because they could not be decoded are {@code numRecordsInErrors}, the
 * frames still to come of what is being read {@code pendingRecords}.
 */
final class SourceMetrics {

    /**
     * Histogram: opening, decoding and converting for each frame, what was passed over before it
     * included; of live streams the converting.
     */
    static final String DECODE_MICROS = "decodeMicros";

    /** Gauges of each live stream, in a group {@code stream} of its name. */
    static final String LAG_MILLIS = "lagMillis";

    static final String DROPPED = "dropped";
    static final String RECONNECTS = "reconnects";

    private final Map<String, LiveStream> live = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final StallClock stall = new StallClock(System::nanoTime, this::hasWork);
    private SourceReaderMetricGroup group;
    private Durations decode;
    private FrameSpans spans;
    private long nanos;
    private volatile boolean reading;
    private volatile long expected;
    private volatile long fetchLagMillis;
    private volatile boolean started;
    private volatile long lastFrame;

    void register(SourceReaderMetricGroup group) {
        this.group = group;
        decode = Durations.register(group, DECODE_MICROS);
        spans = new FrameSpans(group, VideoSourceReader.class);
        group.setPendingRecordsGauge(this::pending);
        stall.register(group);
        group.gauge(StallClock.WAITING_SECONDS, this::waitingSeconds);
    }

    /** The task is ready: from here on it may wait for input. */
    void start() {
        lastFrame = System.nanoTime();
        started = true;
    }

    <T> T timed(Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos += System.nanoTime() - start;
            stall.progress();
        }
    }

    /** A range, or what a stream's ranges are, is read from here on. */
    void reading() {
        stall.progress();
        reading = true;
    }

    /**
     * So many frames of the range are still to come.
     *
     * @param frames as announced; below zero where there are more
     */
    void expect(long frames) {
        expected = Math.max(0, frames);
    }

    /** That is over. */
    void done() {
        reading = false;
        expected = 0;
    }

    /** A frame is ready. */
    void frame(Frame frame) {
        if (decode != null) {
            decode.add(nanos);
            spans.add("Decode", frame.stream(), frame.index(), nanos, 0);
        }
        nanos = 0;
        lastFrame = System.nanoTime();
    }

    /** A live stream has nothing: that is no stall. */
    void idle() {
        stall.progress();
    }

    void skipped() {
        if (group != null) {
            group.getNumRecordsInErrorsCounter().inc();
        }
    }

    /** A live stream is read from here on; its gauges are there once, whoever reads it. */
    void live(String name, LiveStream stream) {
        live.put(name, stream);
        if (group == null || !known.add(name)) {
            return;
        }
        if (known.size() == 1) {
            group.gauge(MetricNames.CURRENT_FETCH_EVENT_TIME_LAG, () -> fetchLagMillis);
        }
        MetricGroup own = group.addGroup("stream", name);
        own.gauge(LAG_MILLIS, () -> value(name, now -> now.lagNanos() / 1_000_000));
        own.gauge(DROPPED, () -> value(name, now -> now.position().dropped()));
        own.gauge(RECONNECTS, () -> value(name, now -> now.position().reconnects()));
    }

    /**
     * A live picture was taken.
     *
     * @param takenMicros its own time, since 1970
     */
    void fetched(long takenMicros) {
        fetchLagMillis = System.currentTimeMillis() - takenMicros / 1000;
    }

    /** A live stream is not read any more. */
    void gone(String name) {
        live.remove(name);
    }

    private long value(String name, ToLongFunction<LiveStream> of) {
        LiveStream stream = live.get(name);
        return stream == null ? 0 : of.applyAsLong(stream);
    }

    private long pending() {
        return expected + live.values().stream().mapToLong(LiveStream::waiting).sum();
    }

    private double waitingSeconds() {
        return !started || hasWork() ? 0 : (System.nanoTime() - lastFrame) / 1e9;
    }

    private boolean hasWork() {
        return reading || live.values().stream().anyMatch(stream -> stream.waiting() > 0);
    }
}
