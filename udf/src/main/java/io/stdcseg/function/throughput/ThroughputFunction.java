// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.throughput;

import io.stdcseg.function.throughput.ThroughputWindow.ThroughputPane;
import io.stdcseg.function.window.WallClockFunction;
import java.time.Duration;
import org.apache.flink.util.Collector;

/** Throughput of all streams together, in wall-clock windows. */
public final class ThroughputFunction
        extends WallClockFunction<
                ThroughputFunction.FrameTiming, ThroughputPane, ThroughputWindow> {

    private static final long serialVersionUID = 1L;

    /**
     * @param slide from the start of a window to the start of the next; divides {@code window}
     */
    public ThroughputFunction(Duration window, Duration slide) {
        super(window, slide, ThroughputPane.class);
    }

    @Override
    protected ThroughputPane add(ThroughputPane before, FrameTiming timing) {
        return (before == null ? ThroughputPane.EMPTY : before).plus(timing);
    }

    @Override
    protected ThroughputPane sum(ThroughputPane left, ThroughputPane right) {
        return left.plus(right);
    }

    @Override
    protected void emit(
            long startNanos, long endNanos, ThroughputPane pane, Collector<ThroughputWindow> out) {
        out.collect(ThroughputWindow.of(startNanos, endNanos, pane));
    }

    /**
     * Timing of one frame.
     *
     * @param endMillis wall-clock time at which its mask was there and scored, since 1970
     * @param latencyNanos from the end of its decoding until its mask was there and scored
     * @param batchSize how many frames the network saw in the same call
     */
    public record FrameTiming(long endMillis, long latencyNanos, int batchSize) {}
}
