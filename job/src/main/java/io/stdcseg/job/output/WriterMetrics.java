// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.frame.Frame;
import io.stdcseg.function.telemetry.Durations;
import io.stdcseg.function.telemetry.FrameSpans;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.MetricNames;

/**
 * Metrics of an operator that writes something of every frame; Flink's names for sinks where they
 * say what it does. Errors have no counter: the first one fails the task.
 */
public final class WriterMetrics {

    /** Histogram: drawing and encoding of a frame, and writing what comes of it. */
    public static final String ENCODE_MICROS = "encodeMicros";

    /**
     * Histogram: from the end of a frame's decoding, or a live one's arrival, until nobody needs
     * its pixels any more. Of the last operator that has them.
     */
    public static final String END_TO_END_MICROS = "endToEndMicros";

    private final Durations encode;
    private final Counter frames;
    private final FrameSpans spans;
    private volatile long lastMillis;

    private WriterMetrics(MetricGroup group) {
        encode = Durations.register(group, ENCODE_MICROS);
        frames = group.counter(MetricNames.NUM_RECORDS_SEND);
        spans = new FrameSpans(group, WriterMetrics.class);
        group.gauge(MetricNames.CURRENT_SEND_TIME, () -> lastMillis);
    }

    public static WriterMetrics register(MetricGroup group) {
        return new WriterMetrics(group);
    }

    /** The last operator's histogram: add what {@link #sinceDecoded} says. */
    public static Durations endToEnd(MetricGroup group) {
        return Durations.register(group, END_TO_END_MICROS);
    }

    /** Nanoseconds since a frame was decoded. */
    public static long sinceDecoded(Frame frame) {
        return System.nanoTime() - frame.decodedNanos();
    }

    /**
     * A frame is written.
     *
     * @param nanos that it took
     */
    public void written(Frame frame, long nanos) {
        spans.add("Encode", frame.stream(), frame.index(), nanos, 0);
        encode.add(nanos);
        frames.inc();
        lastMillis = TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
