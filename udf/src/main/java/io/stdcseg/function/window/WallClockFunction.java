// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.window;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sliding windows over all streams, in wall-clock time from the first record on; keyed by {@link
 * #oneKey()}.
 *
 * <p>Records are summed up per slide. A window leaves when its time is over, also without records;
 * at the end of input the one that would be next leaves too, ending then. Of the time between a
 * checkpoint and the job that goes on from it only windows with records leave: a job that does not
 * run has no throughput.
 *
 * <p>Records have times in milliseconds; bounds of windows are whole slides of any length from one
 * millisecond on.
 */
public abstract class WallClockFunction<IN, PANE, OUT>
        extends KeyedProcessFunction<Integer, IN, OUT> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private static final long END_OF_INPUT = Long.MAX_VALUE;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SlidingWindows windows;
    private final Class<PANE> paneType;
    private transient ValueState<Long> started;
    private transient ValueState<Long> due;
    private transient MapState<Long, PANE> panes;
    private transient boolean resuming;
    private transient long resumed;

    public WallClockFunction(Duration window, Duration slide, Class<PANE> paneType) {
        this.windows = SlidingWindows.of(window, slide);
        if (windows.slideNanos() < NANOS_PER_MILLI) {
            throw new IllegalArgumentException(
                    "slide " + slide + " is shorter than a millisecond, by which clocks go");
        }
        this.paneType = paneType;
    }

    /** Gives every record the same key. */
    public static <T> KeySelector<T, Integer> oneKey() {
        return record -> 0;
    }

    /**
     * What there is after a record.
     *
     * @param before what was there, null if nothing; what is given back if the record says nothing
     */
    protected abstract PANE add(PANE before, IN record);

    /** Both together. */
    protected abstract PANE sum(PANE left, PANE right);

    /**
     * Emits the result of a window.
     *
     * @param pane null if no record came
     */
    protected abstract void emit(long startNanos, long endNanos, PANE pane, Collector<OUT> out);

    @Override
    public void initializeState(FunctionInitializationContext context) {
        resuming = context.isRestored();
        resumed = Long.MIN_VALUE;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // All there is lies in keyed state.
    }

    @Override
    public void open(OpenContext context) throws Exception {
        started = getRuntimeContext().getState(new ValueStateDescriptor<>("started", Long.class));
        // The slide before which the next window ends.
        due = getRuntimeContext().getState(new ValueStateDescriptor<>("due", Long.class));
        panes =
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("panes", Long.class, paneType));
    }

    @Override
    public void processElement(IN record, Context context, Collector<OUT> out) throws Exception {
        long now = now(context.timerService());
        Long start = started.value();
        if (start == null) {
            start = now;
            started.update(start);
            due.update(1L);
            context.timerService().registerProcessingTimeTimer(clock(start, 1));
            context.timerService().registerEventTimeTimer(END_OF_INPUT);
        }
        long slide = slideAt(start, now);
        PANE before = panes.get(slide);
        PANE after = add(before, record);
        if (after != null) {
            panes.put(slide, after);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<OUT> out)
            throws Exception {
        long now = now(context.timerService());
        long start = started.value();
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            emitLast(start, Math.max(now, start + 1), out);
            return;
        }
        long next = emitBefore(start, slideAt(start, timestamp), out);
        context.timerService().registerProcessingTimeTimer(clock(start, next));
    }

    /** Emits the window that ends before a slide; gives where the next one does. */
    private long emitBefore(long start, long end, Collector<OUT> out) throws Exception {
        long first = end - windows.slidesPerWindow();
        if (first >= 0) {
            PANE pane = sum(first, end);
            if (pane != null || clock(start, end) > resumed) {
                emit(nanos(start, first), nanos(start, end), pane, out);
            }
            panes.remove(first);
        }
        long next = nextEnd(start, end);
        due.update(next);
        return next;
    }

    /** The clock, which also tells when a job that goes on did so. */
    private long now(TimerService timers) {
        long now = timers.currentProcessingTime();
        if (resuming) {
            resuming = false;
            resumed = now;
        }
        return now;
    }

    /** The slide before which the next window ends: not one by one through a time without a job. */
    private long nextEnd(long start, long end) throws Exception {
        long next = end + 1;
        if (clock(start, next) > resumed) {
            return next;
        }
        long afterGap = slideAt(start, resumed) + 1;
        for (long slide : panes.keys()) {
            afterGap = Math.min(afterGap, slide + 1);
        }
        return Math.max(next, afterGap);
    }

    private void emitLast(long start, long now, Collector<OUT> out) throws Exception {
        // Timers that are due at the end of input do not come any more. Older states know of none.
        Long end = due.value();
        while (end != null && clock(start, end) <= now) {
            end = emitBefore(start, end, out);
        }
        long last = slideAt(start, now);
        long first = Math.max(0, last - windows.slidesPerWindow() + 1);
        PANE pane = sum(first, last + 1);
        if (pane != null) {
            emit(nanos(start, first), now * NANOS_PER_MILLI, pane, out);
        }
        panes.clear();
    }

    /** The slide that a time on the clock is in. */
    private long slideAt(long start, long millis) {
        return (millis - start) * NANOS_PER_MILLI / windows.slideNanos();
    }

    /** When a slide begins, exactly. */
    private long nanos(long start, long slide) {
        return start * NANOS_PER_MILLI + windows.startNanos(slide);
    }

    /** The first time on the clock that is in a slide. */
    private long clock(long start, long slide) {
        return -Math.floorDiv(-nanos(start, slide), NANOS_PER_MILLI);
    }

    private PANE sum(long first, long end) throws Exception {
        PANE sum = null;
        for (long slide = first; slide < end; slide++) {
            PANE pane = panes.get(slide);
            if (pane != null) {
                sum = sum == null ? pane : sum(sum, pane);
            }
        }
        return sum;
    }
}
