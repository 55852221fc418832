// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.function.score.OverallScoreFunction;
import io.stdcseg.function.score.ScoreWindow;
import io.stdcseg.function.score.StreamEvent;
import io.stdcseg.function.score.StreamEvent.FrameScore;
import io.stdcseg.function.throughput.ThroughputFunction;
import io.stdcseg.function.throughput.ThroughputWindow;
import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Windows of two seconds, one each second, from 100 s on the clock. */
class WallClockFunctionTest {

    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final Duration SLIDE = Duration.ofSeconds(1);

    @Test
    void throughputOfEachWindowAndOfTheRest() throws Exception {
        try (var harness = harness(new ThroughputFunction(WINDOW, SLIDE))) {
            frame(harness, 10, 1);
            harness.setProcessingTime(100_500);
            frame(harness, 30, 2);
            frame(harness, 30, 2);
            harness.setProcessingTime(101_999);
            frame(harness, 20, 1);
            assertThat(harness.getOutput()).isEmpty();
            harness.setProcessingTime(102_000);
            frame(harness, 40, 4);
            harness.setProcessingTime(102_500);
            harness.processWatermark(Watermark.MAX_WATERMARK);

            List<ThroughputWindow> windows = harness.extractOutputValues();
            assertThat(windows).hasSize(2);
            ThroughputWindow first = windows.get(0);
            assertThat(first.windowStart()).isEqualTo(100);
            assertThat(first.windowEnd()).isEqualTo(102);
            assertThat(first.frames()).isEqualTo(4);
            assertThat(first.framesPerSecond()).isEqualTo(2);
            assertThat(first.p50Millis()).isCloseTo(20, within(0.1));
            assertThat(first.p99Millis()).isCloseTo(30, within(0.15));
            assertThat(first.batchSize()).isCloseTo(4 / 3.0, within(1e-9));
            ThroughputWindow last = windows.get(1);
            assertThat(last.windowStart()).isEqualTo(101);
            assertThat(last.windowEnd()).isEqualTo(102.5);
            assertThat(last.frames()).isEqualTo(2);
            assertThat(last.toMap())
                    .containsKeys("windowStart", "windowEnd", "frames", "framesPerSecond")
                    .containsKeys("latencyMillis", "batchSize");
        }
    }

    /** Flink calls no more timers then, not even those that are due. */
    @Test
    void windowsThatWereDueAtTheEndOfInputAreNotLost() throws Exception {
        try (var harness = harness(new ThroughputFunction(SLIDE, SLIDE))) {
            frame(harness, 10, 1);
            harness.setProcessingTime(100_900);
            frame(harness, 10, 1);
            harness.getProcessingTimeService().quiesce();
            harness.setProcessingTime(102_100);
            frame(harness, 10, 1);
            harness.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(harness.extractOutputValues())
                    .extracting(ThroughputWindow::frames)
                    .containsExactly(2L, 0L, 1L);
        }
    }

    @Test
    void aStandstillShows() throws Exception {
        try (var harness = harness(new ThroughputFunction(WINDOW, SLIDE))) {
            frame(harness, 10, 1);
            harness.setProcessingTime(104_000);

            assertThat(harness.extractOutputValues())
                    .extracting(ThroughputWindow::frames)
                    .containsExactly(1L, 0L, 0L);
        }
    }

    @Test
    void aShortJobHasOneWindow() throws Exception {
        try (var harness = harness(new ThroughputFunction(WINDOW, WINDOW))) {
            frame(harness, 10, 1);
            harness.setProcessingTime(100_250);
            harness.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.extractOutputValues().get(0).framesPerSecond()).isEqualTo(4);
        }
    }

    @Test
    void aRestoredFunctionKeepsItsFrames() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(new ThroughputFunction(WINDOW, SLIDE))) {
            frame(harness, 10, 1);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = unopened(new ThroughputFunction(WINDOW, SLIDE))) {
            harness.initializeState(snapshot);
            harness.setProcessingTime(100_700);
            harness.open();
            frame(harness, 10, 1);
            harness.setProcessingTime(102_000);

            assertThat(harness.extractOutputValues().get(0).frames()).isEqualTo(2);
        }
    }

    @Test
    void aJobThatGoesOnADayLaterSaysNothingOfTheDay() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(new ThroughputFunction(WINDOW, SLIDE))) {
            frame(harness, 10, 1);
            harness.setProcessingTime(102_500);
            frame(harness, 10, 1);
            snapshot = harness.snapshot(1, 1);
        }
        long later = 86_400_000;
        for (boolean frameFirst : List.of(true, false)) {
            try (var harness = unopened(new ThroughputFunction(WINDOW, SLIDE))) {
                harness.initializeState(snapshot);
                harness.setProcessingTime(later);
                harness.open();
                if (!frameFirst) {
                    // Timers that are due fire.
                    harness.setProcessingTime(later);
                }
                frame(harness, 10, 1);
                harness.setProcessingTime(later + 4_000);

                assertThat(harness.extractOutputValues())
                        .extracting(ThroughputWindow::windowEnd, ThroughputWindow::frames)
                        .containsExactly(
                                tuple(103.0, 1L),
                                tuple(104.0, 1L),
                                tuple(86_401.0, 1L),
                                tuple(86_402.0, 1L),
                                tuple(86_403.0, 0L),
                                tuple(86_404.0, 0L));
            }
        }
    }

    @Test
    void slidesNeedNotBeWholeMilliseconds() throws Exception {
        Duration third = Duration.ofNanos(1_500_000);
        try (var harness = harness(new ThroughputFunction(third, third))) {
            for (int i = 0; i < 6; i++) {
                harness.setProcessingTime(100_000 + i);
                frame(harness, 10, 1);
            }
            harness.setProcessingTime(100_006);

            List<ThroughputWindow> windows = harness.extractOutputValues();
            assertThat(windows)
                    .extracting(ThroughputWindow::frames)
                    .containsExactly(2L, 1L, 2L, 1L);
            assertThat(windows)
                    .extracting(ThroughputWindow::windowEnd)
                    .containsExactly(100.0015, 100.003, 100.0045, 100.006);
        }
    }

    @Test
    void slidesShorterThanTheClocksAreRefused() {
        Duration slide = Duration.ofNanos(500_000);

        assertThatThrownBy(() -> new ThroughputFunction(slide, slide))
                .hasMessage("slide PT0.0005S is shorter than a millisecond, by which clocks go");
    }

    @Test
    void scoresOfAllStreamsTogether() throws Exception {
        OverallScoreFunction function =
                new OverallScoreFunction(WINDOW, WINDOW, List.of("road", "car"));
        try (var harness = harness(function)) {
            for (String stream : List.of("a", "b")) {
                FrameScore score = new FrameScore(stream, 0, 0, 0, new long[] {1, 0, 0, 1});
                harness.processElement(new StreamRecord<>(StreamEvent.of(score)));
            }
            FrameScore unlabelled = new FrameScore("a", 0, 1, 0, null);
            harness.processElement(new StreamRecord<>(StreamEvent.of(unlabelled)));
            harness.setProcessingTime(110_000);

            assertThat(harness.extractOutputValues()).hasSize(1);
            ScoreWindow window = harness.extractOutputValues().get(0);
            assertThat(window.stream()).isEqualTo(OverallScoreFunction.ALL_STREAMS);
            assertThat(window.windowStart()).isEqualTo(100);
            assertThat(window.frames()).isEqualTo(2);
            assertThat(window.scores().miou()).isEqualTo(1);
        }
    }

    @Test
    void scoresOfAJobThatGoesOnADayLaterLeaveOnce() throws Exception {
        OperatorSubtaskState snapshot;
        OverallScoreFunction function =
                new OverallScoreFunction(WINDOW, SLIDE, List.of("road", "car"));
        FrameScore score = new FrameScore("a", 0, 0, 0, new long[] {1, 0, 0, 1});
        try (var harness = harness(function)) {
            harness.processElement(new StreamRecord<>(StreamEvent.of(score)));
            snapshot = harness.snapshot(1, 1);
        }
        long later = 86_400_000;
        try (var harness = unopened(function)) {
            harness.initializeState(snapshot);
            harness.setProcessingTime(later);
            harness.open();
            harness.processElement(new StreamRecord<>(StreamEvent.of(score)));
            harness.setProcessingTime(later + 3_000);

            assertThat(harness.extractOutputValues())
                    .extracting(ScoreWindow::windowEnd, ScoreWindow::frames)
                    .containsExactly(tuple(102.0, 1L), tuple(86_401.0, 1L), tuple(86_402.0, 1L));
            assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
        }
    }

    private static void frame(
            KeyedOneInputStreamOperatorTestHarness<Integer, FrameTiming, ?> harness,
            long millis,
            int batchSize)
            throws Exception {
        harness.processElement(
                new StreamRecord<>(new FrameTiming(0, millis * 1_000_000, batchSize, 0)));
    }

    private static <IN, OUT> KeyedOneInputStreamOperatorTestHarness<Integer, IN, OUT> harness(
            KeyedProcessFunction<Integer, IN, OUT> function) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<Integer, IN, OUT> harness = unopened(function);
        harness.setProcessingTime(100_000);
        harness.open();
        return harness;
    }

    private static <IN, OUT> KeyedOneInputStreamOperatorTestHarness<Integer, IN, OUT> unopened(
            KeyedProcessFunction<Integer, IN, OUT> function) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<Integer, IN, OUT> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(function),
                        ThroughputFunction.oneKey(),
                        Types.INT);
        harness.setup();
        return harness;
    }
}
