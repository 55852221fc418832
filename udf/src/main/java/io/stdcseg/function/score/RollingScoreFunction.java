// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.function.score.ScoreWindow.ScorePane;
import io.stdcseg.function.score.StreamEvent.FrameScore;
import io.stdcseg.function.window.SlidingWindows;
import io.stdcseg.metric.MaskCounts;
import io.stdcseg.metric.MaskPast;
import io.stdcseg.metric.MaskScores;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
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
 * is a multiple of the slide and not before the stream's zero. A window leaves when every range up
 * to its end has passed it, the rest when the stream ends; so those of a stream leave in order,
 * whatever its ranges were. One without frames says nothing and does not leave.
 *
 * <p>The masks of each window are held against the stream's past, which is what no window at or
 * behind it holds.
 */
public final class RollingScoreFunction
        extends KeyedProcessFunction<String, StreamEvent, ScoreWindow> {

    private static final long serialVersionUID = 1L;

    /** One record per stream, when all of it has passed. */
    public static final OutputTag<StreamTotals> TOTALS =
            new OutputTag<>("totals", TypeInformation.of(StreamTotals.class));

    /**
     * One record where the height at which a network sees a stream, or the weights that make its
     * masks, begin or change.
     */
    public static final OutputTag<ScoreWindow> CHANGES =
            new OutputTag<>("changes", TypeInformation.of(ScoreWindow.class));

    /** Fires when all inputs have ended, should a stream's end not have been announced. */
    private static final long END_OF_INPUT = Long.MAX_VALUE;

    private final SlidingWindows windows;
    private final List<String> classes;

    private transient MapState<Long, ScorePane> panes;
    private transient MapState<Long, Boolean> openWindows;
    private transient RangeTracker ranges;
    private transient ValueState<StreamTotals> totals;
    private transient ValueState<MaskPast> past;
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
        ranges = new RangeTracker(getRuntimeContext());
        totals =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("totals", StreamTotals.class));
        past = getRuntimeContext().getState(new ValueStateDescriptor<>("past", MaskPast.class));
        metrics =
                new RollingScoreMetrics(
                        getRuntimeContext().getMetricGroup(), classes, System::nanoTime);
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
            tellChanges(before, event.frame(), context);
            totals.update(before.withFrame(event.frame()));
        } else if (event.skipped() != null) {
            totals.update(before.withSkipped(event.skipped()));
        } else if (event.rangeEnd() != null) {
            progressed = ranges.end(event.rangeEnd().range());
            // What a live stream left out it has said itself.
            StreamTotals ended = before.withRangeEnd(event.rangeEnd().range());
            totals.update(
                    before.live() == null ? ended.withSkipped(event.rangeEnd().skipped()) : ended);
        } else if (event.live() != null) {
            progressed = pass(event.live());
            totals.update(before.withLive(event.live()));
        } else if (event.streamEnd() != null) {
            ranges.total(event.streamEnd().ranges());
            totals.update(before.withEnd(event.streamEnd().source(), event.streamEnd().error()));
            progressed = true;
        } else {
            totals.update(before);
        }
        if (progressed) {
            emitPassed(context, out);
        }
    }

    private void tellChanges(StreamTotals before, FrameScore frame, Context context) {
        if (InputHeights.isNews(before.heights(), frame)) {
            context.output(
                    CHANGES,
                    ScoreWindow.change(
                            frame.stream(), frame.timeNanos(), frame.inputHeight(), classes));
        }
        if (WeightsSpan.isNews(before.weights(), frame)) {
            context.output(CHANGES, ScoreWindow.change(frame, classes));
        }
    }

    /** Counts a frame; returns whether the stream came to another slide. */
    private boolean count(FrameScore frame) throws Exception {
        long slide = ranges.slideOf(frame.range(), windows.slideAt(frame.timeNanos()));
        ScorePane counted = ScorePane.of(frame);
        if (counted != null) {
            ScorePane pane = panes.get(slide);
            if (pane == null) {
                openWindows(slide);
            }
            panes.put(slide, ScorePane.sum(pane, counted));
        }
        return ranges.frame(frame.range(), slide);
    }

    /**
     * Time passes in a live stream whether or not frames come; returns whether to another slide.
     */
    private boolean pass(LiveProgress live) throws Exception {
        long slide = windows.slideAt(TimeUnit.MICROSECONDS.toNanos(live.reachedMicros()));
        return ranges.frame(live.range(), ranges.slideOf(live.range(), slide));
    }

    private void openWindows(long slide) throws Exception {
        long earliest = slide - windows.slidesPerWindow() + 1;
        for (long start = slide < 0 ? earliest : Math.max(0, earliest); start <= slide; start++) {
            openWindows.put(start, true);
        }
    }

    private void emitPassed(Context context, Collector<ScoreWindow> out) throws Exception {
        if (ranges.allEnded()) {
            emitBefore(Long.MAX_VALUE, context.getCurrentKey(), out);
            end(context);
            return;
        }
        RangeProgress reached = ranges.reached();
        if (reached.seen()) {
            emitBefore(
                    reached.last() - windows.slidesPerWindow() + 1, context.getCurrentKey(), out);
        }
    }

    /** Lets those windows leave that start before a slide, in order. */
    private void emitBefore(long slide, String stream, Collector<ScoreWindow> out)
            throws Exception {
        NavigableSet<Long> open = new TreeSet<>();
        openWindows.keys().forEach(open::add);
        for (long start : List.copyOf(open.headSet(slide))) {
            emit(stream, start, open, out);
        }
    }

    private void emit(
            String stream, long start, NavigableSet<Long> open, Collector<ScoreWindow> out)
            throws Exception {
        openWindows.remove(start);
        open.remove(start);
        ScorePane first = panes.get(start);
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
                judge(
                        ScoreWindow.of(
                                stream,
                                windows.startNanos(start),
                                windows.endNanos(start),
                                sum,
                                classes),
                        first);
        metrics.update(window);
        out.collect(window);
    }

    /**
     * Holds a window against the stream's past, which then has the window, and the slide that it
     * begins with.
     */
    private ScoreWindow judge(ScoreWindow window, ScorePane first) throws Exception {
        if (window.masks() == null) {
            return window;
        }
        int enough = windows.slidesPerWindow();
        MaskPast before = past.value() == null ? MaskPast.NONE : past.value();
        ScoreWindow judged = window.with(before.judge(window.masks(), enough));
        MaskPast after = before.withWindow(judged.masks(), enough);
        past.update(
                first == null || first.masks() == null
                        ? after
                        : after.withSlide(
                                MaskScores.of(MaskCounts.fromLongs(first.masks())), enough));
        totals.update(totals.value().withWindow(judged));
        return judged;
    }

    private void end(Context context) throws Exception {
        context.timerService().deleteEventTimeTimer(END_OF_INPUT);
        context.output(TOTALS, totals.value());
        metrics.remove(totals.value().stream());
        panes.clear();
        ranges.clear();
        past.clear();
        totals.clear();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<ScoreWindow> out)
            throws Exception {
        emitBefore(Long.MAX_VALUE, context.getCurrentKey(), out);
        end(context);
    }
}
