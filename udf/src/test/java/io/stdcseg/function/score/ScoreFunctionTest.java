// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.frame.FrameQuality;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.score.StreamEvent.FrameScore;
import io.stdcseg.label.LabelSet;
import io.stdcseg.metric.MaskCounts;
import io.stdcseg.metric.PixelCounts;
import io.stdcseg.metric.Scores;
import io.stdcseg.testing.TestFrames;
import io.stdcseg.testing.TestLabels;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreFunctionTest {

    @TempDir Path labels;

    private final TestFrames frames = new TestFrames();
    private final LabelSet camvid = LabelSet.of("camvid");

    @Test
    void comparesALabelledFrameAndReportsEveryOne() throws Exception {
        TestLabels.write(labels.resolve("000007.png"), 4, 2, 3, 3, 3, 11, 8, 8, 8, 8);
        SegmentedFrame labelled =
                frames.sure(255, frames.segmented(frames.video("clip", 7), 3, 3, 8, 8, 8, 8, 8, 3));
        SegmentedFrame other = frames.segmented(frames.video("clip", 8));

        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harness(labels.toString())) {
            harness.processElement(new StreamRecord<>(labelled));
            harness.processElement(new StreamRecord<>(other));

            assertThat(harness.extractOutputValues()).containsExactly(labelled, other);
            List<StreamEvent> events = side(harness, ScoreFunction.EVENTS);
            FrameScore score = events.get(0).frame();
            assertThat(score.index()).isEqualTo(7);
            assertThat(score.seconds()).isEqualTo(0.7);
            PixelCounts counts = PixelCounts.fromLongs(score.counts());
            assertThat(counts.count(3, 3)).isEqualTo(2);
            assertThat(counts.count(3, 8)).isEqualTo(1);
            assertThat(counts.count(8, 8)).isEqualTo(3);
            assertThat(counts.count(8, 3)).isEqualTo(1);
            // Two of seven are wrong and sure.
            assertThat(Scores.of(counts).expectedCalibrationError()).isEqualTo(2 / 7.0);
            assertThat(MaskCounts.fromLongs(score.masks()).uncertainShare()).isZero();
            assertThat(events.get(1).frame().labelled()).isFalse();
            assertThat(side(harness, ScoreFunction.TIMINGS))
                    .hasSize(2)
                    .allSatisfy(
                            timing -> {
                                assertThat(timing.batchSize()).isEqualTo(2);
                                assertThat(timing.latencyNanos()).isPositive();
                            });
        }
    }

    @Test
    void holdsASecondMaskAgainstTheFirstAndTheLabel() throws Exception {
        TestLabels.write(labels.resolve("000007.png"), 4, 2, 3, 3, 3, 11, 8, 8, 8, 8);
        ScoreFunction scoring =
                new ScoreFunction(LabelFolders.common(labels.toString(), Set.of()), camvid);
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harnessOf(scoring)) {
            for (int frame = 7; frame < 9; frame++) {
                send(
                        harness,
                        frames.shadowed(
                                frames.segmented(
                                        frames.video("clip", frame), 3, 3, 8, 8, 8, 8, 8, 3),
                                3,
                                3,
                                3,
                                8,
                                8,
                                8,
                                8,
                                8));
            }

            ShadowCounts labelled = side(harness, ScoreFunction.EVENTS).get(0).frame().shadow();
            ShadowCounts unlabelled = side(harness, ScoreFunction.EVENTS).get(1).frame().shadow();
            // Six of eight pixels are equal; IoU of road 2 of 4, of car 4 of 6.
            assertThat(labelled.toMap(camvid.names()))
                    .containsEntry("frames", 1L)
                    .containsEntry("equalPixels", 0.75)
                    .containsEntry("miouWithFirst", (2 / 4.0 + 4 / 6.0) / 2)
                    .containsEntry("labelledFrames", 1L)
                    .containsEntry("miou", 1.0)
                    .containsEntry("miouOfFirst", (2 / 4.0 + 3 / 5.0) / 2);
            assertThat(ShadowCounts.sum(labelled, unlabelled).toMap(camvid.names()))
                    .containsEntry("frames", 2L)
                    .containsEntry("equalPixels", 0.75)
                    .containsEntry("labelledFrames", 1L)
                    .containsEntry("miou", 1.0);
        }
    }

    @Test
    void passesFramesOnWithTheirQualityWhereThatIsAskedFor() throws Exception {
        TestLabels.write(labels.resolve("000007.png"), 4, 2, 3, 3, 3, 11, 8, 8, 8, 8);
        ScoreFunction asked =
                new ScoreFunction(
                        LabelFolders.common(labels.toString(), Set.of()),
                        camvid,
                        new ScoreOptions(false, 1, 0.02, true));
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harnessOf(asked)) {
            send(harness, frames.segmented(frames.video("clip", 7), 3, 3, 8, 8, 8, 8, 8, 3));
            SegmentedFrame other =
                    frames.segmented(frames.video("clip", 8), 8, 8, 8, 8, 8, 8, 8, 8);
            send(harness, frames.sure(51, other));

            List<FrameQuality> found =
                    harness.extractOutputValues().stream()
                            .map(element -> ((SegmentedFrame) element).quality())
                            .toList();
            // IoU of road 2 of 4, of car 3 of 5; five of seven pixels are right.
            assertThat(found.get(0).miou()).isCloseTo(0.55, within(1e-12));
            assertThat(found.get(0).pixelAccuracy()).isCloseTo(5 / 7.0, within(1e-12));
            assertThat(found.get(0).stability()).isNaN();
            assertThat(found.get(0).uncertainShare()).isNaN();
            assertThat(found.get(1).miou()).isNaN();
            assertThat(found.get(1).pixelAccuracy()).isNaN();
            assertThat(found.get(1).stability()).isZero();
            assertThat(found.get(1).temporalConsistency()).isNaN();
            assertThat(found.get(1).uncertainShare()).isZero();
        }
    }

    @Test
    void countsTheClassesOfSampledRowsWhereThatIsAskedFor() throws Exception {
        SegmentedFrame frame = frames.segmented(frames.video("clip", 7), 0, 0, 0, 0, 3, 3, 8, 3);
        ScoreFunction asked =
                new ScoreFunction(LabelFolders.none(), camvid, new ScoreOptions(true, 1, 0.02));
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harnessOf(asked)) {
            harness.processElement(new StreamRecord<>(frame));
            List<ClassPixels> pixels = side(harness, ScoreFunction.PIXELS);
            assertThat(pixels).hasSize(1);
            assertThat(pixels.get(0).stream()).isEqualTo("clip");
            assertThat(pixels.get(0).timeNanos()).isEqualTo(700_000_000);
            // Two rows of four pixels: the second one is the sample.
            assertThat(pixels.get(0).pixels()).containsExactly(0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0);
        }
    }

    @Test
    void aSampleOfRowsHasTheSharesOfAPicture() {
        byte[] ids = new byte[1279 * 719];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (byte) (i % 1279 * 3 / 1279 + i / 1279 / 240);
        }
        int[] pixels = ClassPixels.count(ByteBuffer.wrap(ids), 1279, 719, 5);
        int sampled = Arrays.stream(pixels).sum();
        assertThat(sampled).isEqualTo(1279 * 180);
        double[] shares = {1, 2, 3, 2, 1};
        for (int c = 0; c < shares.length; c++) {
            assertThat(pixels[c] / (double) sampled).isCloseTo(shares[c] / 9, within(0.003));
        }
    }

    @Test
    void aMaskIsHeldAgainstTheOneDirectlyBeforeIt() throws Exception {
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harness(null)) {
            for (long index : new long[] {0, 1, 3, 4}) {
                send(harness, frames.segmented(frames.video("clip", index)));
                send(harness, frames.segmented(frames.video("other", 7)));
            }
            assertThat(pairs(harness, "clip")).containsExactly(0L, 1L, 0L, 1L);
            assertThat(pairs(harness, "other")).containsOnly(0L);
        }
    }

    @Test
    void framesThatAreFartherApartAreNoPairUnlessThatIsAskedFor() throws Exception {
        ScoreFunction thirds =
                new ScoreFunction(LabelFolders.none(), camvid, new ScoreOptions(false, 3, 0.02));
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harnessOf(thirds)) {
            for (long index : new long[] {0, 3, 4, 7}) {
                send(harness, frames.segmented(frames.video("clip", index)));
            }
            assertThat(pairs(harness, "clip")).containsExactly(0L, 1L, 0L, 1L);
        }
    }

    /** What is lost in a video that was not cut has no number, but it has taken its time. */
    @Test
    void aLossIsBetweenTwoFrames() throws Exception {
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harness(null)) {
            long[] times = {0, 1, 3, 4};
            for (int index = 0; index < times.length; index++) {
                send(harness, frames.segmented(frames.video("clip", index, times[index])));
            }
            assertThat(pairs(harness, "clip")).containsExactly(0L, 1L, 0L, 1L);
        }
    }

    @Test
    void whatALiveStreamLeavesOutIsBetweenTwoFrames() throws Exception {
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harness(null)) {
            send(harness, live(0, 0));
            send(harness, frames.segmented(frames.video("clip", 0)));
            send(harness, live(0, 0));
            send(harness, frames.segmented(frames.video("clip", 1)));
            send(harness, live(1, 0));
            send(harness, frames.segmented(frames.video("clip", 2)));
            send(harness, live(1, 1));
            send(harness, frames.segmented(frames.video("clip", 3)));
            assertThat(pairs(harness, "clip")).containsExactly(0L, 1L, 0L, 0L);
        }
    }

    /** A job that goes on tells what an undisturbed one does. */
    @Test
    void aPairMayHaveACheckpointInIt() throws Exception {
        OperatorSubtaskState state;
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harness(null)) {
            send(harness, frames.segmented(frames.video("clip", 0), 3, 3, 3, 3, 3, 3, 3, 3));
            send(harness, frames.segmented(frames.video("ended", 0)));
            send(harness, new RangeEnd("ended", 0, 1, 0));
            state = harness.snapshot(1, 1);
        }
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                unopened(new ScoreFunction(LabelFolders.none(), camvid))) {
            harness.initializeState(state);
            harness.open();
            send(harness, new RangeStart("clip", 0, 1, 40));
            send(harness, frames.segmented(frames.video("clip", 1), 3, 3, 3, 3, 3, 3, 3, 3));
            send(harness, frames.segmented(frames.video("ended", 1)));

            assertThat(pairs(harness, "clip")).containsExactly(1L);
            assertThat(masks(harness, "clip").get(0).stability()).isEqualTo(1);
            assertThat(pairs(harness, "ended")).containsExactly(0L);
        }
    }

    private static LiveProgress live(long dropped, long reconnects) {
        return new LiveProgress("clip", 0, 0, 0, dropped, 0, 0, reconnects, 0, 0, null);
    }

    private static void send(
            OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness,
            FrameElement element)
            throws Exception {
        harness.processElement(new StreamRecord<>(element));
    }

    private static List<Long> pairs(
            OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness, String stream) {
        return masks(harness, stream).stream().map(MaskCounts::pairs).toList();
    }

    private static List<MaskCounts> masks(
            OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness, String stream) {
        return side(harness, ScoreFunction.EVENTS).stream()
                .filter(event -> event.frame() != null && event.stream().equals(stream))
                .map(event -> MaskCounts.fromLongs(event.frame().masks()))
                .toList();
    }

    @Test
    void markersPassAndAreReported() throws Exception {
        RangeStart start = new RangeStart("clip", 0, 1, 40);
        RangeEnd end = new RangeEnd("clip", 0, 1, 2);
        StreamEnd last = new StreamEnd("clip", "clip.mp4", 1, null);

        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harness(null)) {
            harness.processElement(new StreamRecord<>(start));
            harness.processElement(new StreamRecord<>(frames.segmented(frames.video("clip", 0))));
            harness.processElement(new StreamRecord<>(end));
            harness.processElement(new StreamRecord<>(last));

            assertThat(harness.extractOutputValues()).hasSize(4).contains(start, end, last);
            assertThat(side(harness, ScoreFunction.EVENTS))
                    .contains(StreamEvent.of(start), StreamEvent.of(end), StreamEvent.of(last));
            assertThat(accumulated(harness, ProgressCounts.FRAMES)).isEqualTo(1);
            assertThat(accumulated(harness, ProgressCounts.EXPECTED_FRAMES)).isEqualTo(40);
        }
    }

    /** One of two ranges of a stream, and all of another one. */
    @Test
    void whatHadEndedBeforeACheckpointIsTold() throws Exception {
        OperatorSubtaskState state;
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harness(null)) {
            send(harness, new RangeStart("cut", 0, 2, 40));
            send(harness, new RangeEnd("cut", 0, 40, 0));
            send(harness, new RangeStart("cut", 1, 2, 40));
            send(harness, new RangeStart("whole", 0, 1, 0));
            send(harness, new RangeEnd("whole", 0, 40, 0));
            state = harness.snapshot(1, 1);
        }
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                unopened(new ScoreFunction(LabelFolders.none(), camvid))) {
            harness.initializeState(state);
            harness.open();

            assertThat(accumulators(harness).get(ProgressCounts.EARLIER_STREAMS).getLocalValue())
                    .isEqualTo(1.5);
            assertThat(accumulators(harness).get(ProgressCounts.EXPECTED_STREAMS).getLocalValue())
                    .isEqualTo(0.0);
        }
    }

    /** As data sets have them, for each part elsewhere. */
    @Test
    void aStreamIsScoredByItsOwnFolder() throws Exception {
        TestLabels.write(labels.resolve("train/a.png"), 4, 2);
        TestLabels.write(labels.resolve("val/b.png"), 4, 2);
        LabelFolders folders =
                LabelFolders.ofStreams(
                        Map.of(
                                "0016E5", labels.resolve("train").toString(),
                                "0016E5-2", labels.resolve("val").toString()));

        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harnessOf(folders)) {
            for (String stream : List.of("0016E5", "0016E5-2", "street")) {
                for (String name : List.of("a", "b")) {
                    harness.processElement(
                            new StreamRecord<>(frames.segmented(frames.picture(stream, name))));
                }
            }

            assertThat(side(harness, ScoreFunction.EVENTS))
                    .extracting(event -> event.frame().labelled())
                    .containsExactly(true, false, false, true, false, false);
        }
    }

    @Test
    void aLabelThatDoesNotFitFailsTheJobForGood() throws Exception {
        TestLabels.write(labels.resolve("a.png"), 2, 2);

        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harness(labels.toString())) {
            SegmentedFrame frame = frames.segmented(frames.picture("val", "a"));
            assertThatThrownBy(() -> harness.processElement(new StreamRecord<>(frame)))
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasRootCauseMessage(
                            "label "
                                    + labels.resolve("a.png")
                                    + " is 2x2, its picture 4x2; they must be equal");
        }
    }

    private static <T> List<T> side(
            OneInputStreamOperatorTestHarness<?, ?> harness, OutputTag<T> tag) {
        return harness.getSideOutput(tag).stream().map(StreamRecord::getValue).toList();
    }

    private static long accumulated(OneInputStreamOperatorTestHarness<?, ?> harness, String name) {
        return ((LongCounter) accumulators(harness).get(name)).getLocalValuePrimitive();
    }

    private static Map<String, Accumulator<?, ?>> accumulators(
            OneInputStreamOperatorTestHarness<?, ?> harness) {
        return harness.getEnvironment().getAccumulatorRegistry().getUserMap();
    }

    private OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness(String folder)
            throws Exception {
        return harnessOf(
                folder == null ? LabelFolders.none() : LabelFolders.common(folder, Set.of()));
    }

    private OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harnessOf(
            LabelFolders labels) throws Exception {
        return harnessOf(new ScoreFunction(labels, camvid));
    }

    private OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harnessOf(
            ScoreFunction function) throws Exception {
        OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness = unopened(function);
        harness.open();
        return harness;
    }

    private static OneInputStreamOperatorTestHarness<FrameElement, FrameElement> unopened(
            ScoreFunction function) throws Exception {
        OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function));
        harness.getExecutionConfig().enableObjectReuse();
        harness.setup(FrameElementTypeInfo.INSTANCE.createSerializer(null));
        return harness;
    }
}
