// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.throughput;

import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.function.throughput.ThroughputWindow.ThroughputPane;
import io.stdcseg.function.window.WallClockFunction;
import java.time.Duration;
import org.apache.flink.util.Collector;

/** Throughput of all streams together, in wall-clock windows. */
public final class ThroughputFunction
        extends WallClockFunction<FrameTiming, ThroughputPane, ThroughputWindow> {

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
}
