// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.function.score.ScoreWindow.ScorePane;
import io.stdcseg.function.window.WallClockFunction;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;

/**
 * Rolling scores of all streams together, in wall-clock windows: streams have no common time of
 * their own. A window without frames does not leave.
 */
public final class OverallScoreFunction
        extends WallClockFunction<StreamEvent, ScorePane, ScoreWindow> {

    private static final long serialVersionUID = 1L;

    /** What stands for all streams in a window's {@code stream}. */
    public static final String ALL_STREAMS = "*";

    private final List<String> classes;
    private transient RollingScoreMetrics metrics;

    /**
     * @param slide from the start of a window to the start of the next; divides {@code window}
     * @param classes names in train-id order
     */
    public OverallScoreFunction(Duration window, Duration slide, List<String> classes) {
        super(window, slide, ScorePane.class);
        this.classes = List.copyOf(classes);
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        metrics =
                new RollingScoreMetrics(
                        getRuntimeContext().getMetricGroup(), classes, System::nanoTime);
    }

    @Override
    protected ScorePane add(ScorePane before, StreamEvent event) {
        return event.frame() == null ? before : ScorePane.sum(before, ScorePane.of(event.frame()));
    }

    @Override
    protected ScorePane sum(ScorePane left, ScorePane right) {
        return ScorePane.sum(left, right);
    }

    @Override
    protected void emit(
            long startNanos, long endNanos, ScorePane pane, Collector<ScoreWindow> out) {
        if (pane != null) {
            ScoreWindow window = ScoreWindow.of(ALL_STREAMS, startNanos, endNanos, pane, classes);
            metrics.update(window);
            out.collect(window);
        }
    }
}
