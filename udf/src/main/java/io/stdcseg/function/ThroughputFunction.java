// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import java.time.Duration;
import org.apache.flink.util.Collector;

/** Throughput of all streams together in wall-clock windows. */
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
    ThroughputPane add(ThroughputPane before, FrameTiming timing) {
        return before == null ? ThroughputPane.of(timing) : before.plus(timing);
    }

    @Override
    ThroughputPane sum(ThroughputPane left, ThroughputPane right) {
        return ThroughputPane.sum(left, right);
    }

    @Override
    void leave(
            long startNanos, long endNanos, ThroughputPane pane, Collector<ThroughputWindow> out) {
        out.collect(ThroughputWindow.of(startNanos, endNanos, pane));
    }
}
