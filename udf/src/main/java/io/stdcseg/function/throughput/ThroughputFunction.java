// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.throughput;

import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.function.throughput.ThroughputWindow.ThroughputPane;
import io.stdcseg.function.window.WallClockFunction;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;

/** Throughput of all streams together, in wall-clock windows. */
public final class ThroughputFunction
        extends WallClockFunction<FrameTiming, ThroughputPane, ThroughputWindow> {

    private static final long serialVersionUID = 1L;

    /** Gauge: frames per second of the whole job, in the last window that left. */
    static final String JOB_FRAMES_PER_SECOND = "jobFramesPerSecond";

    private transient volatile double framesPerSecond;

    /**
     * @param slide from the start of a window to the start of the next; divides {@code window}
     */
    public ThroughputFunction(Duration window, Duration slide) {
        super(window, slide, ThroughputPane.class);
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        getRuntimeContext().getMetricGroup().gauge(JOB_FRAMES_PER_SECOND, () -> framesPerSecond);
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
        ThroughputWindow window = ThroughputWindow.of(startNanos, endNanos, pane);
        framesPerSecond = window.framesPerSecond();
        out.collect(window);
    }
}
