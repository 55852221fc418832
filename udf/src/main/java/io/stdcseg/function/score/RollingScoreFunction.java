// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.function.score.ScoreWindow.ScorePane;
import io.stdcseg.function.score.StreamEvent.FrameScore;
import io.stdcseg.function.window.SlidingWindows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Rolling scores of each stream, in the stream's own time; keyed by stream.
 *
 * <p>Counts are kept per slide and added up to windows {@code [start, start + window)}, where start
 * is a multiple of the slide and not before the stream's zero. A window leaves when every range
 * that overlaps it has passed its end, the rest when the stream ends; one without labelled frames
 * says nothing and does not leave.
 */
public final class RollingScoreFunction
        extends KeyedProcessFunction<String, StreamEvent, ScoreWindow> {

    private static final long serialVersionUID = 1L;

    /** One record per stream, when all of it has passed. */
    public static final OutputTag<StreamTotals> TOTALS =
            new OutputTag<>("totals", TypeInformation.of(StreamTotals.class));

    /** Fires when all inputs have ended, should a stream's end not have been announced. */
    private static final long END_OF_INPUT = Long.MAX_VALUE;

    private final SlidingWindows windows;
    private final List<String> classes;

    private transient MapState<Long, ScorePane> panes;
    private transient MapState<Long, Boolean> openWindows;
    private transient MapState<Integer, RangeProgress> ranges;
    private transient ValueState<Integer> totalRanges;
    private transient ValueState<StreamTotals> totals;
    private transient RollingScoreMetrics metrics;

    /**
     * @param slide from the start of a window to the start of the next; divides {@code window}
     * @param classes names in train-id order
     */
    public RollingScoreFunction(Duration window, Duration slide, List<String> classes) {
        this.windows = SlidingWindows.of(window, slide);
        this.classes = List.copyOf(classes);
    }

    @Override
    public void open(OpenContext context) {
        panes = mapState("panes", Long.class, ScorePane.class);
        openWindows = mapState("windows", Long.class, Boolean.class);
        ranges = mapState("ranges", Integer.class, RangeProgress.class);
        totalRanges =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("totalRanges", Integer.class));
        totals =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("totals", StreamTotals.class));
        metrics = new RollingScoreMetrics(getRuntimeContext().getMetricGroup(), classes);
    }

    private <K, V> MapState<K, V> mapState(String name, Class<K> key, Class<V> value) {
        return getRuntimeContext().getMapState(new MapStateDescriptor<>(name, key, value));
    }

    @Override
    public void processElement(StreamEvent event, Context context, Collector<ScoreWindow> out)
            throws Exception {
        StreamTotals before = totals.value();
        if (before == null) {
            before = StreamTotals.empty(event.stream());
            context.timerService().registerEventTimeTimer(END_OF_INPUT);
        }
        boolean progressed = false;
        if (event.frame() != null) {
            progressed = count(event.frame());
            totals.update(before.withFrame(event.frame()));
        } else if (event.skipped() != null) {
            totals.update(before.withSkipped(event.skipped()));
        } else if (event.rangeEnd() != null) {
            int range = event.rangeEnd().range();
            ranges.put(range, progress(range).end());
            totals.update(before.withSkipped(event.rangeEnd().skipped()));
            progressed = true;
        } else if (event.streamEnd() != null) {
            totalRanges.update(event.streamEnd().ranges());
            totals.update(before.withEnd(event.streamEnd().source(), event.streamEnd().error()));
            progressed = true;
        } else {
            totals.update(before);
        }
        if (progressed) {
            emitPassed(event.stream(), context, out);
        }
    }

    /** Counts a frame; returns whether its range came to another slide. */
    private boolean count(FrameScore frame) throws Exception {
        RangeProgress before = progress(frame.range());
        long slide = windows.slideAt(frame.timeNanos());
        if (before.seen()) {
            // Windows may have left already: time does not go back in a range.
            slide = Math.max(slide, before.last());
        }
        if (frame.labelled()) {
            ScorePane pane = panes.get(slide);
            if (pane == null) {
                openWindows(slide);
            }
            panes.put(slide, ScorePane.sum(pane, new ScorePane(1, frame.counts())));
        }
        if (before.seen() && slide == before.last()) {
            return false;
        }
        ranges.put(frame.range(), before.frame(windows.slideFrom(frame.timeNanos()), slide));
        return true;
    }

    private RangeProgress progress(int range) throws Exception {
        RangeProgress progress = ranges.get(range);
        return progress == null ? RangeProgress.NONE : progress;
    }

    private void openWindows(long slide) throws Exception {
        long earliest = slide - windows.slidesPerWindow() + 1;
        for (long start = slide < 0 ? earliest : Math.max(0, earliest); start <= slide; start++) {
            openWindows.put(start, true);
        }
    }

    private void emitPassed(String stream, Context context, Collector<ScoreWindow> out)
            throws Exception {
        Map<Integer, RangeProgress> progress = new HashMap<>();
        ranges.entries().forEach(range -> progress.put(range.getKey(), range.getValue()));
        Integer total = totalRanges.value();
        NavigableSet<Long> open = sorted(openWindows.keys());
        for (long start : List.copyOf(open)) {
            if (RangeProgress.passed(progress, total, start, start + windows.slidesPerWindow())) {
                emit(stream, start, open, out);
            }
        }
        if (RangeProgress.allEnded(progress, total)) {
            end(context);
        }
    }

    private void emit(
            String stream, long start, NavigableSet<Long> open, Collector<ScoreWindow> out)
            throws Exception {
        openWindows.remove(start);
        open.remove(start);
        ScorePane sum = null;
        for (long slide = start; slide < start + windows.slidesPerWindow(); slide++) {
            ScorePane pane = panes.get(slide);
            sum = pane == null ? sum : ScorePane.sum(sum, pane);
            Long last = open.floor(slide);
            if (last == null || last <= slide - windows.slidesPerWindow()) {
                // No other window will ask for these counts.
                panes.remove(slide);
            }
        }
        ScoreWindow window =
                ScoreWindow.of(
                        stream, windows.startNanos(start), windows.endNanos(start), sum, classes);
        metrics.update(window);
        out.collect(window);
    }

    private static NavigableSet<Long> sorted(Iterable<Long> numbers) {
        NavigableSet<Long> sorted = new TreeSet<>();
        numbers.forEach(sorted::add);
        return sorted;
    }

    private void end(Context context) throws Exception {
        context.timerService().deleteEventTimeTimer(END_OF_INPUT);
        context.output(TOTALS, totals.value());
        metrics.remove(totals.value().stream());
        panes.clear();
        ranges.clear();
        totalRanges.clear();
        totals.clear();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<ScoreWindow> out)
            throws Exception {
        NavigableSet<Long> open = sorted(openWindows.keys());
        for (long start : List.copyOf(open)) {
            emit(context.getCurrentKey(), start, open, out);
        }
        end(context);
    }
}
