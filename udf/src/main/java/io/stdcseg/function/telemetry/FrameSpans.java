// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.telemetry;

import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.traces.Span;

/**
 * Spans of sampled frames, for Flink's trace reporters: one for each stage that a frame goes
 * through, with {@code stream} and {@code frame} as attributes. All stages choose the same frames,
 * by their numbers. Any thread may add one.
 */
public final class FrameSpans {

    /** One frame of so many is traced. */
    public static final int EVERY = 250;

    private final MetricGroup group;
    private final Class<?> scope;

    /**
     * @param scope class whose spans they are
     */
    public FrameSpans(MetricGroup group, Class<?> scope) {
        this.group = group;
        this.scope = scope;
    }

    /**
     * A frame has gone through a stage.
     *
     * @param frame its number in the stream
     * @param nanos that the stage took
     * @param agoNanos how long ago it ended
     */
    public void add(String stage, String stream, long frame, long nanos, long agoNanos) {
        if (frame % EVERY != 0) {
            return;
        }
        long now = System.currentTimeMillis();
        group.addSpan(
                Span.builder(scope, stage)
                        .setStartTsMillis(now - TimeUnit.NANOSECONDS.toMillis(agoNanos + nanos))
                        .setEndTsMillis(now - TimeUnit.NANOSECONDS.toMillis(agoNanos))
                        .setAttribute("stream", stream)
                        .setAttribute("frame", frame));
    }
}
