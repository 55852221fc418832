// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Windows over all streams, in wall-clock time from the first record on; keyed by {@link
 * #oneKey()}.
 *
 * <p>Records are summed up per slide. A window leaves when its time is over; at the end of input
 * the one that would be next leaves too, ending then.
 */
abstract class WallClockFunction<IN, PANE, OUT> extends KeyedProcessFunction<Integer, IN, OUT> {

    private static final long serialVersionUID = 1L;

    private static final long END_OF_INPUT = Long.MAX_VALUE;

    private final long slideMillis;
    private final int slidesPerWindow;
    private final Class<PANE> paneType;
    private transient ValueState<Long> started;
    private transient MapState<Long, PANE> panes;

    WallClockFunction(Duration window, Duration slide, Class<PANE> paneType) {
        this.slidesPerWindow = Slides.perWindow(window, slide);
        this.slideMillis = Math.max(1, slide.toMillis());
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
    abstract PANE add(PANE before, IN record);

    /** Both together. */
    abstract PANE sum(PANE left, PANE right);

    /**
     * What leaves for a window.
     *
     * @param pane null if no record came
     */
    abstract void leave(long startMillis, long endMillis, PANE pane, Collector<OUT> out);

    @Override
    public void open(OpenContext context) throws Exception {
        started = getRuntimeContext().getState(new ValueStateDescriptor<>("started", Long.class));
        panes =
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("panes", Long.class, paneType));
    }

    @Override
    public void processElement(IN record, Context context, Collector<OUT> out) throws Exception {
        long now = context.timerService().currentProcessingTime();
        Long start = started.value();
        if (start == null) {
            start = now;
            started.update(start);
            context.timerService().registerProcessingTimeTimer(start + slideMillis);
            context.timerService().registerEventTimeTimer(END_OF_INPUT);
        }
        long slide = (now - start) / slideMillis;
        PANE before = panes.get(slide);
        PANE after = add(before, record);
        if (after != null) {
            panes.put(slide, after);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<OUT> out)
            throws Exception {
        long start = started.value();
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            long now = context.timerService().currentProcessingTime();
            long last = (now - start) / slideMillis;
            leaveLast(start, last, Math.max(now, start + 1), out);
            return;
        }
        context.timerService().registerProcessingTimeTimer(timestamp + slideMillis);
        long end = (timestamp - start) / slideMillis;
        long first = end - slidesPerWindow;
        if (first >= 0) {
            leave(start + first * slideMillis, timestamp, sum(first, end), out);
            panes.remove(first);
        }
    }

    private void leaveLast(long start, long last, long now, Collector<OUT> out) throws Exception {
        long first = Math.max(0, last - slidesPerWindow + 1);
        PANE pane = sum(first, last + 1);
        if (pane != null) {
            leave(start + first * slideMillis, now, pane, out);
        }
        panes.clear();
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
