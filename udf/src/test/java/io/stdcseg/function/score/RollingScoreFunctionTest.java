// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.function.score.StreamEvent.FrameScore;
import io.stdcseg.metric.MaskCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windows of three seconds, one each second, over two classes. */
class RollingScoreFunctionTest {

    private static final long[] RIGHT = {4, 0, 0, 4};
    private static final long[] WRONG = {0, 4, 0, 4};

    private KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, ScoreWindow> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void aWindowLeavesWhenItsStreamHasPassedItsEnd() throws Exception {
        frame("a", 0, 0.0, RIGHT);
        frame("a", 0, 1.5, WRONG);
        frame("a", 0, 2.999, RIGHT);
        assertThat(windows()).isEmpty();

        frame("a", 0, 3.0, null);

        assertThat(windows()).containsExactly("a [0.0, 3.0) 3 frames");
        ScoreWindow window = harness.extractOutputValues().get(0);
        assertThat(window.scores().iou()).containsExactly(8 / 12.0, 12 / 16.0);
        assertThat(window.scores().miou()).isEqualTo((8 / 12.0 + 12 / 16.0) / 2);
        assertThat(window.scores().pixelAccuracy()).isEqualTo(20 / 24.0);
        assertThat(window.toMap().keySet())
                .containsExactly(
                        "stream",
                        "windowStart",
                        "windowEnd",
                        "frames",
                        "miou",
                        "classesPresent",
                        "fwiou",
                        "meanAccuracy",
                        "pixelAccuracy",
                        "meanBoundaryIou",
                        "iou",
                        "boundaryIou");
        assertThat(window.toMap().get("iou").toString()).startsWith("{road=0.66").contains("car=");
    }

    @Test
    void unlabelledFramesReportProgressAndEmptyWindowsDoNotLeave() throws Exception {
        for (double time = 0; time < 20; time += 0.5) {
            frame("a", 0, time, time == 7.0 ? RIGHT : null);
        }

        assertThat(windows())
                .containsExactly(
                        "a [5.0, 8.0) 1 frames", "a [6.0, 9.0) 1 frames", "a [7.0, 10.0) 1 frames");
    }

    @Test
    void withoutALabelWindowsTellOfMasks() throws Exception {
        for (int second = 0; second < 30; second++) {
            boolean covered = second >= 20 && second < 23;
            masks("a", second, covered ? 0 : 60 + second % 2, covered ? 10 : 0);
        }
        rangeEnd("a", 0);
        streamEnd("a", 1);

        List<ScoreWindow> windows = harness.extractOutputValues();
        assertThat(windows).hasSize(30).allMatch(window -> window.frames() == 0);
        assertThat(windows.get(0).toMap())
                .containsEntry("miou", null)
                .containsEntry("maskFrames", 3L)
                .containsEntry("stabilityPairs", 3L)
                .containsEntry("temporalConsistency", null)
                .containsEntry("driftNats", null)
                .containsEntry("driftUnusual", false);
        assertThat(windows.get(0).masks().classShares())
                .containsExactly((60 + 61 + 60) / 300.0, (40 + 39 + 40) / 300.0);
        // A window lasts three seconds.
        assertThat(windows)
                .allSatisfy(
                        window -> {
                            double start = window.windowStart();
                            assertThat(window.masks().judgement().drifted())
                                    .as("at %s", start)
                                    .isEqualTo(start >= 19 && start <= 21);
                            assertThat(window.masks().judgement().unstable())
                                    .as("at %s", start)
                                    .isEqualTo(start >= 18 && start <= 22);
                        });
        MaskTotals totals = totals().get(0).masks();
        assertThat(totals.windows()).isEqualTo(30);
        assertThat(totals.drifted()).isEqualTo(3);
        assertThat(totals.unstable()).isEqualTo(5);
        assertThat(totals.mostDriftSeconds()).isEqualTo(20);
        assertThat(totals.leastStabilitySeconds()).isEqualTo(20);
        assertThat(MaskCounts.fromLongs(totals.counts()).frames()).isEqualTo(30);
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    /** Of 100 points, so many of the first class; so many, of each class, were of the other. */
    private void masks(String stream, int second, int road, int changed) throws Exception {
        long same = 50 - changed;
        long[] masks = {
            1, 1, 0, 0, 0, road, 100 - road, same, 50, 50, same, 50, 50, 0, 0, 0, 0, 0, 0
        };
        harness.processElement(
                new StreamRecord<>(
                        StreamEvent.of(
                                new FrameScore(
                                        stream,
                                        0,
                                        second,
                                        TimeUnit.SECONDS.toNanos(second),
                                        null,
                                        0,
                                        masks))));
    }

    @Test
    void theRestLeavesAtTheStreamsEnd() throws Exception {
        frame("a", 0, 0.5, RIGHT);
        rangeEnd("a", 0);
        assertThat(windows()).isEmpty();

        streamEnd("a", 1);

        assertThat(windows()).containsExactly("a [0.0, 3.0) 1 frames");
        StreamTotals totals = totals().get(0);
        assertThat(totals.stream()).isEqualTo("a");
        assertThat(totals.source()).isEqualTo("a.mp4");
        assertThat(totals.frames()).isEqualTo(1);
        assertThat(totals.skipped()).isEqualTo(5);
        assertThat(totals.labelledFrames()).isEqualTo(1);
        assertThat(totals.counts()).containsExactly(RIGHT);
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void aWindowWaitsForAllRangesUpToItsEnd() throws Exception {
        // Range 1 begins at 4 s and runs beside range 0.
        frame("a", 1, 4.0, RIGHT);
        frame("a", 0, 0.0, WRONG);
        frame("a", 1, 5.0, RIGHT);
        frame("a", 0, 1.0, WRONG);
        frame("a", 1, 7.0, RIGHT);
        assertThat(windows()).as("in order of time, [4, 7) comes later").isEmpty();

        frame("a", 0, 3.5, WRONG);
        assertThat(windows()).containsExactly("a [0.0, 3.0) 2 frames");

        rangeEnd("a", 0);
        assertThat(windows().subList(1, 5))
                .containsExactly(
                        "a [1.0, 4.0) 2 frames",
                        "a [2.0, 5.0) 2 frames",
                        "a [3.0, 6.0) 3 frames",
                        "a [4.0, 7.0) 2 frames");

        rangeEnd("a", 1);
        streamEnd("a", 2);
        assertThat(windows().subList(5, 8))
                .containsExactly(
                        "a [5.0, 8.0) 2 frames", "a [6.0, 9.0) 1 frames", "a [7.0, 10.0) 1 frames");
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void aRangeThatBeginsLateHoldsBackOnlyWhatItMayTouch() throws Exception {
        frame("a", 0, 0.0, RIGHT);
        frame("a", 0, 2.0, RIGHT);
        rangeEnd("a", 0);
        assertThat(windows()).as("range 1 may begin at 2.5").isEmpty();

        frame("a", 1, 3.2, RIGHT);

        assertThat(windows()).containsExactly("a [0.0, 3.0) 2 frames");
    }

    @Test
    void theStreamsEndMayComeBeforeItsLastRange() throws Exception {
        streamEnd("a", 2);
        frame("a", 0, 0.0, RIGHT);
        rangeEnd("a", 0);
        frame("a", 1, 1.0, RIGHT);
        assertThat(windows()).isEmpty();

        rangeEnd("a", 1);

        assertThat(windows()).containsExactly("a [0.0, 3.0) 2 frames", "a [1.0, 4.0) 1 frames");
        assertThat(totals()).hasSize(1);
    }

    @Test
    void aStreamThatDidNotOpenHasTotalsButNoWindows() throws Exception {
        harness.processElement(
                new StreamRecord<>(
                        StreamEvent.of(new StreamEnd("a", "a.mp4", 0, "no video stream"))));

        assertThat(windows()).isEmpty();
        assertThat(totals())
                .containsExactly(
                        new StreamTotals(
                                "a", "a.mp4", 0, 0, List.of(), "no video stream", 0, null));
    }

    @Test
    void streamsDoNotWaitForEachOther() throws Exception {
        frame("a", 0, 0.0, RIGHT);
        frame("b", 0, 0.0, WRONG);
        frame("b", 0, 3.0, WRONG);

        assertThat(windows()).containsExactly("b [0.0, 3.0) 1 frames");
    }

    @Test
    void timesBeforeZeroHaveWindowsOfTheirOwn() throws Exception {
        frame("a", 0, -0.5, RIGHT);
        frame("a", 0, 0.5, RIGHT);
        frame("a", 0, 2.0, null);

        assertThat(windows())
                .containsExactly(
                        "a [-3.0, 0.0) 1 frames",
                        "a [-2.0, 1.0) 2 frames",
                        "a [-1.0, 2.0) 2 frames");
    }

    @Test
    void theEndOfAllInputLetsOutWhatNoMarkerAnnounced() throws Exception {
        frame("a", 0, 0.5, RIGHT);

        harness.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(windows()).containsExactly("a [0.0, 3.0) 1 frames");
        assertThat(totals()).hasSize(1);
    }

    @Test
    void aRestoredFunctionGoesOnWhereTheSnapshotWas() throws Exception {
        frame("a", 1, 4.0, RIGHT);
        frame("a", 0, 0.0, WRONG);
        frame("a", 0, 3.5, WRONG);
        assertThat(windows()).containsExactly("a [0.0, 3.0) 1 frames");
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();

        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
        rangeEnd("a", 0);
        rangeEnd("a", 1);
        streamEnd("a", 2);

        assertThat(windows())
                .containsExactly(
                        "a [1.0, 4.0) 1 frames",
                        "a [2.0, 5.0) 2 frames",
                        "a [3.0, 6.0) 2 frames",
                        "a [4.0, 7.0) 1 frames");
        assertThat(totals().get(0).counts()).containsExactly(4, 8, 0, 12);
    }

    @Test
    void heightsAreCountedAndTheirChangesToldOnce() throws Exception {
        height("a", 0.0, 360);
        height("a", 0.5, 360);
        height("a", 1.0, 180);
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        height("a", 1.5, 360);
        assertThat(heights()).containsExactly("0.0 360", "1.0 180", "1.5 360");
        harness.close();

        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
        height("a", 1.5, 180);
        height("a", 2.0, 270);
        frame("a", 0, 2.5, null);
        rangeEnd("a", 0);
        streamEnd("a", 1);

        assertThat(heights()).containsExactly("2.0 270");
        assertThat(totals().get(0).heights())
                .isEqualTo(new InputHeights(270, 2, Map.of(360, 2L, 180, 2L, 270, 1L)));
        assertThat(windows()).isEmpty();
    }

    @Test
    void aChangeOfHeightIsAWindowWithoutLength() throws Exception {
        height("a", 1.0, 180);

        ScoreWindow change =
                harness.getSideOutput(RollingScoreFunction.CHANGES).remove().getValue();

        assertThat(change.toMap())
                .containsEntry("stream", "a")
                .containsEntry("windowStart", 1.0)
                .containsEntry("windowEnd", 1.0)
                .containsEntry("frames", 0L)
                .containsEntry("miou", null)
                .containsEntry("inputHeight", 180);
    }

    private void height(String stream, double seconds, int rows) throws Exception {
        harness.processElement(
                new StreamRecord<>(
                        StreamEvent.of(
                                new FrameScore(
                                        stream, 0, 0, Math.round(seconds * 1e9), null, rows))));
    }

    private List<String> heights() {
        return harness.getSideOutput(RollingScoreFunction.CHANGES).stream()
                .map(StreamRecord::getValue)
                .map(change -> change.windowStart() + " " + change.inputHeight())
                .toList();
    }

    @Test
    void theSlideDividesTheWindow() {
        assertThatThrownBy(
                        () ->
                                new RollingScoreFunction(
                                        Duration.ofSeconds(10), Duration.ofSeconds(3), List.of()))
                .hasMessage("slide PT3S does not divide window PT10S");
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, ScoreWindow>
            harness() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, ScoreWindow> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new RollingScoreFunction(
                                        Duration.ofSeconds(3),
                                        Duration.ofSeconds(1),
                                        List.of("road", "car"))),
                        StreamEvent::stream,
                        Types.STRING);
        harness.setup();
        return harness;
    }

    @Test
    void namesTheFirstPicturesThatWereLeftOut() throws Exception {
        for (int i = StreamTotals.MOST_NAMED; i >= 0; i--) {
            send(new SkippedPicture("a", 0, i, i + ".png", "it is damaged"));
        }
        send(new RangeEnd("a", 0, 0, StreamTotals.MOST_NAMED + 1));
        send(new StreamEnd("a", "a", 1, null));

        StreamTotals totals = totals().get(0);
        assertThat(totals.skipped()).isEqualTo(StreamTotals.MOST_NAMED + 1);
        assertThat(totals.skippedPictures())
                .hasSize(StreamTotals.MOST_NAMED)
                .first()
                .isEqualTo(new SkippedPicture("a", 0, 0, "0.png", "it is damaged"));
    }

    private void send(FrameElement marker) throws Exception {
        harness.processElement(new StreamRecord<>(StreamEvent.of(marker)));
    }

    private void frame(String stream, int range, double seconds, long[] counts) throws Exception {
        long nanos = Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
        harness.processElement(
                new StreamRecord<>(
                        StreamEvent.of(new FrameScore(stream, range, 0, nanos, counts))));
    }

    private void rangeEnd(String stream, int range) throws Exception {
        harness.processElement(
                new StreamRecord<>(StreamEvent.of(new RangeStart(stream, range, 1, 1))));
        harness.processElement(
                new StreamRecord<>(StreamEvent.of(new RangeEnd(stream, range, 1, 5))));
    }

    private void streamEnd(String stream, int ranges) throws Exception {
        harness.processElement(
                new StreamRecord<>(
                        StreamEvent.of(new StreamEnd(stream, stream + ".mp4", ranges, null))));
    }

    private List<String> windows() {
        return harness.extractOutputValues().stream()
                .map(
                        window ->
                                window.stream()
                                        + " ["
                                        + window.windowStart()
                                        + ", "
                                        + window.windowEnd()
                                        + ") "
                                        + window.frames()
                                        + " frames")
                .toList();
    }

    private List<StreamTotals> totals() {
        return harness.getSideOutput(RollingScoreFunction.TOTALS).stream()
                .map(StreamRecord::getValue)
                .toList();
    }
}
