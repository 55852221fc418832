// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.function.score.InputHeights;
import io.stdcseg.function.score.MaskTotals;
import io.stdcseg.function.score.ScoreWindow;
import io.stdcseg.function.score.ShadowCounts;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.function.score.WeightsSpan;
import io.stdcseg.function.throughput.ThroughputWindow;
import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.function.weights.KeptWeights;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.job.output.playlist.PlaylistTiming;
import io.stdcseg.metric.MaskScores;
import io.stdcseg.testing.TestScores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunTotalsTest {

    private static final int SECONDS_PER_DAY = 86_400;

    private static final List<SkippedPicture> SKIPPED =
            List.of(
                    new SkippedPicture("a", 0, 3, "b.png", "it is damaged"),
                    new SkippedPicture("a", 0, 4, null, "torn"));

    /** Bytes of two histories without curves, which version 10 ends with. */
    private static final int PICTURES = 2 * 12;

    private final RunTotalsSerializer serializer = new RunTotalsSerializer();
    private final RunTotals totals = new RunTotals();

    @Test
    void tenDaysOfWindowsTakeNoMoreAndAreDrawnFromEndToEnd() throws IOException {
        int last = 10 * SECONDS_PER_DAY;
        for (int second = 1; second <= last; second++) {
            totals.add(window("a", second, 0.5));
            totals.add(throughput(second, 30));
            totals.add(ReportEvent.of(new FrameTiming(1000L * second, second * 10_000L, 1, 0)));
        }

        assertThat(serializer.serialize(totals).length).isLessThan(2 * 16 * 4096 + 20_000);
        for (CurveHistory history : List.of(totals.scores(), totals.throughput())) {
            Curve curve = history.curves().values().iterator().next();
            List<Curve.Point> points = curve.points();
            assertThat(points).hasSizeBetween(1000, CurveHistory.MOST_POINTS);
            assertThat(points.get(0).seconds()).isEqualTo(curve.windowsPerPoint());
            assertThat(points.get(points.size() - 1).seconds()).isEqualTo(last);
        }
    }

    @Test
    void aThousandStreamsOfADayTakeLittleEach() throws IOException {
        for (int stream = 0; stream < 1000; stream++) {
            String name = "camera-of-the-northern-gate-" + stream;
            for (int minute = 1; minute <= SECONDS_PER_DAY / 60; minute++) {
                totals.add(window(name, 60 * minute, 0.5));
            }
            totals.add(
                    ReportEvent.of(
                            new StreamTotals(
                                    name,
                                    "/videos/" + name,
                                    9,
                                    9,
                                    SKIPPED,
                                    null,
                                    9,
                                    counts(1, 0))));
        }

        assertThat(totals.scores().curves()).hasSize(1000);
        assertThat(serializer.serialize(totals).length).isLessThan(500_000);
    }

    @Test
    void everyWindowHasTheSameShareInAChart() {
        for (int second = 1; second <= SECONDS_PER_DAY; second++) {
            totals.add(throughput(second, second));
        }

        Curve curve = totals.throughput().curves().get("");
        assertThat(curve.windowsPerPoint()).isEqualTo(32);
        List<Curve.Point> points = curve.points();
        assertThat(points).hasSize(SECONDS_PER_DAY / 32);
        for (int i = 0; i < points.size(); i++) {
            assertThat(points.get(i)).isEqualTo(new Curve.Point(32 * (i + 1), 32 * i + 16.5));
        }
    }

    @Test
    void anEndThatFillsNoPointIsDrawnToo() {
        int windows = CurveHistory.MOST_POINTS + 2;
        for (int second = 1; second <= windows; second++) {
            totals.add(throughput(second, second == windows ? 7 : 1));
        }

        List<Curve.Point> points = totals.throughput().curves().get("").points();
        assertThat(points.get(points.size() - 1)).isEqualTo(new Curve.Point(windows, 4));
        assertThat(points).hasSize(windows / 2);
    }

    @Test
    void manyStreamsShareTheRoom() throws IOException {
        for (int stream = 0; stream < CurveHistory.MOST_POINTS + 10; stream++) {
            totals.add(window("stream" + stream, 1, 0.5));
            totals.add(window("stream" + stream, 2, 0.7));
        }
        totals.add(window("stream0", 3, Double.NaN));

        assertThat(totals.scores().curves()).hasSize(CurveHistory.MOST_POINTS);
        assertThat(totals.scores().leftOut()).isEqualTo(20);
        assertThat(serializer.serialize(totals).length).isLessThan(90 * CurveHistory.MOST_POINTS);
    }

    @Test
    void aCheckpointKeepsEverything() throws IOException {
        totals.add(ReportEvent.of(new FrameTiming(10_100, 100_000_000, 1, 40_000_000)));
        totals.add(ReportEvent.of(new FrameTiming(12_000, 300_000_000, 1, 0)));
        totals.add(
                ReportEvent.of(
                        new StreamTotals("a", null, 2, 1, SKIPPED, "torn", 1, counts(3, 1))));
        totals.add(
                ReportEvent.of(
                        new StreamTotals("b", "b.mp4", 5, 0, List.of(), null, 4, counts(0, 2))));
        totals.add(ReportEvent.of(new StreamTotals("c", "c.mp4", 5, 0, List.of(), null, 0, null)));
        totals.add(network("cpu", "fp32"));
        totals.add(network("gpu0", "fp16"));
        for (int second = 1; second <= CurveHistory.MOST_POINTS + 1; second++) {
            totals.add(window("a", second, 0.5));
        }

        RunTotals restored = roundTrip();

        assertThat(restored.pixels().toLongs()).containsExactly(counts(3, 3));
        assertThat(restored.frames()).isEqualTo(12);
        assertThat(restored.labelledFrames()).isEqualTo(5);
        assertThat(restored.wallSeconds()).isEqualTo(2);
        assertThat(restored.streams()).containsExactlyElementsOf(totals.streams());
        assertThat(restored.streamScores()).isEqualTo(totals.streamScores());
        assertThat(restored.streamScores()).containsOnlyKeys("a", "b");
        assertThat(restored.networks()).containsExactlyElementsOf(totals.networks()).hasSize(2);
        assertThat(restored.latencies()).isEqualTo(totals.latencies());
        assertThat(restored.networkCalls()).isEqualTo(totals.networkCalls());
        assertThat(restored.networkCalls().count()).isEqualTo(1);
        restored.add(window("a", CurveHistory.MOST_POINTS + 2, 0.7));
        totals.add(window("a", CurveHistory.MOST_POINTS + 2, 0.7));
        assertThat(restored.scores().curves().get("a").points())
                .isEqualTo(totals.scores().curves().get("a").points());
    }

    @Test
    void whatIsKnownOfMasksWithoutLabelsIsKept() throws IOException {
        // Two classes: frames, pairs, none with motion; pixels, uncertain ones; points; both,
        // before and now of each.
        long[] masks = {2, 1, 0, 100, 25, 150, 50, 80, 80, 100, 0, 20, 0, 0, 0, 0, 0, 0, 0};
        totals.add(
                ReportEvent.of(
                        new StreamTotals(
                                "a",
                                "a.mp4",
                                2,
                                0,
                                List.of(),
                                null,
                                0,
                                null,
                                null,
                                null,
                                new MaskTotals(
                                        masks, 5, 2, 1, 3, 0.25, 7, 0.4, 9, 0.5, 8, 4, 6, 7))));
        for (String stream : List.of("a", "*")) {
            totals.add(
                    ReportEvent.of(
                            new ScoreWindow(
                                    stream,
                                    0,
                                    1,
                                    0,
                                    TestScores.of(Double.NaN, 0),
                                    List.of(),
                                    0,
                                    new MaskScores(
                                            2,
                                            new double[] {0.75, 0.25},
                                            Double.NaN,
                                            0.4,
                                            1,
                                            Double.NaN,
                                            0,
                                            2.5,
                                            new double[0],
                                            new MaskScores.Judgement(
                                                    0.25, 0.5, true, false, true, false, false,
                                                    false)))));
        }

        RunTotals restored = roundTrip();

        assertThat(restored.scores().curves()).isEmpty();
        assertThat(restored.stability().curves()).containsOnlyKeys("a");
        assertThat(restored.stability().curves().get("a").points())
                .containsExactly(new Curve.Point(1, 0.4));
        assertThat(restored.lumaDrift().curves().get("a").points())
                .containsExactly(new Curve.Point(1, 0.5));
        assertThat(restored.sharpness().curves().get("a").points())
                .containsExactly(new Curve.Point(1, 2.5));
        assertThat(restored.drift().curves().get("a").points())
                .containsExactly(new Curve.Point(1, 0.25));
        Map<String, Object> summary =
                Summary.of(
                        restored,
                        List.of("road", "car"),
                        new ExpectedStreams(new TreeMap<>(), false),
                        0.02);
        assertThat((Map<?, ?>) summary.get("masks"))
                .hasToString(
                        "{maskFrames=2, stability=0.4, stabilityPairs=1, temporalConsistency=null,"
                                + " temporalConsistencyPairs=0, classShares={road=0.75, car=0.25},"
                                + " sharpness=null, uncertainShare=0.25}");
        assertThat((Map<?, ?>) ((Map<?, ?>) ((List<?>) summary.get("streams")).get(0)).get("masks"))
                .hasToString(
                        "{maskFrames=2, stability=0.4, stabilityPairs=1, temporalConsistency=null,"
                            + " temporalConsistencyPairs=0, classShares={road=0.75, car=0.25},"
                            + " sharpness=null, uncertainShare=0.25, windows=5,"
                            + " driftUnusualWindows=2, mostDriftNats=0.25, mostDriftAtSeconds=7.0,"
                            + " lumaDriftUnusualWindows=6, sharpnessUnusualWindows=7,"
                            + " stabilityUnusualWindows=1, leastStability=0.4,"
                            + " leastStabilityAtSeconds=9.0, temporalConsistencyUnusualWindows=3,"
                            + " leastTemporalConsistency=0.5,"
                            + " leastTemporalConsistencyAtSeconds=8.0,"
                            + " uncertainShareUnusualWindows=4}");
    }

    @Test
    void picturesThatWereLeftOutAreNamedUpToALimit() {
        int streams = RunTotals.MOST_NAMED / SKIPPED.size() + 1;
        for (int i = 0; i < streams; i++) {
            String name = "stream" + i;
            totals.add(ReportEvent.of(new StreamTotals(name, name, 0, 2, SKIPPED, null, 0, null)));
        }

        assertThat(totals.streams().stream().mapToInt(s -> s.skippedPictures().size()).sum())
                .isEqualTo(RunTotals.MOST_NAMED);
        assertThat(totals.streams()).allMatch(stream -> stream.skipped() == 2);
    }

    /** A run that waited a day for somebody to go on with it was no slower for that. */
    @Test
    void timeBetweenTwoJobsIsNobodys() throws IOException {
        totals.add(ReportEvent.of(new FrameTiming(10_100, 100_000_000, 1, 40_000_000)));
        totals.add(ReportEvent.of(new FrameTiming(12_000, 300_000_000, 1, 0)));

        RunTotals restored = roundTrip();
        restored.goOn();
        restored.add(ReportEvent.of(new FrameTiming(86_400_500, 500_000_000, 1, 0)));
        restored.add(ReportEvent.of(new FrameTiming(86_401_000, 400_000_000, 1, 0)));

        assertThat(restored.wallSeconds()).isEqualTo(2 + 1);
        byte[] again = serializer.serialize(restored);
        assertThat(serializer.deserialize(serializer.getVersion(), again).wallSeconds())
                .isEqualTo(3);
    }

    @Test
    void aJobThatBeginsHasNothingBeforeIt() {
        totals.goOn();
        totals.add(ReportEvent.of(new FrameTiming(10_100, 100_000_000, 1, 40_000_000)));
        totals.add(ReportEvent.of(new FrameTiming(10_400, 100_000_000, 1, 0)));

        assertThat(totals.wallSeconds()).isEqualTo(0.4);
    }

    @Test
    void whatALiveStreamLeftOutIsKept() throws IOException {
        LiveProgress live =
                new LiveProgress("cam", 0, 1, 100, 7, 2, 30_000, 3, 1, 5_000_000, "it ended");
        InputHeights heights = new InputHeights(270, 3, Map.of(360, 61L, 270, 30L));
        totals.add(
                ReportEvent.of(
                        new StreamTotals(
                                "cam", "udp://x", 91, 2, List.of(), null, 0, null, live, heights,
                                null)));

        totals.add(ReportEvent.of(new PlaylistTiming("cam", 1_000, 3_000, 3, 4_000)));

        RunTotals restored = roundTrip();

        assertThat(restored.streams()).containsExactlyElementsOf(totals.streams());
        Map<?, ?> entry =
                (Map<?, ?>)
                        ((List<?>)
                                        Summary.of(
                                                        restored,
                                                        List.of(),
                                                        new ExpectedStreams(new TreeMap<>(), false),
                                                        0.02)
                                                .get("streams"))
                                .get(0);
        assertThat(entry.get("decoded")).isEqualTo(100L);
        assertThat(entry.get("dropped")).isEqualTo(7L);
        assertThat(entry.get("gapSeconds")).isEqualTo(5.0);
        assertThat(entry.get("lastError")).isEqualTo("it ended");
        assertThat(entry.get("inputHeight"))
                .isEqualTo(
                        Map.of(
                                "least",
                                270,
                                "most",
                                360,
                                "changes",
                                3L,
                                "frames",
                                Map.of(270, 30L, 360, 61L)));
        Map<?, ?> latency = (Map<?, ?>) entry.get("playlistLatencyMillis");
        assertThat((double) latency.get("p50")).isCloseTo(2000, within(10.0));
        assertThat((double) latency.get("p95")).isEqualTo(3000);
    }

    @Test
    void whatMadeTheMasksIsKept() throws IOException {
        List<WeightsSpan> spans =
                List.of(
                        new WeightsSpan(0, 0, 0, 49, 50, true, false, "aa"),
                        new WeightsSpan(0, 1, 50, 99, 50, false, true, "bb"));
        // Of 16 pixels that both saw, 12 are equal: IoU 8 of 12 and 4 of 8.
        ShadowCounts shadow =
                new ShadowCounts(
                        2,
                        new long[] {8, 4, 0, 4},
                        1,
                        new long[] {8, 0, 0, 8},
                        new long[] {8, 0, 8, 0});
        totals.add(
                ReportEvent.of(
                        new StreamTotals("a", "a.mp4", 100, 0, List.of(), null, 0, null)
                                .madeBy(spans, shadow)));
        NetworkInfo network =
                new NetworkInfo("m", "0.5", "none", "cpu", "bf16", 2, 1, "b.pth", "bb");
        KeptWeights taken = new KeptWeights("copy", "b.pth", "bb");
        for (int subtask = 0; subtask < 2; subtask++) {
            totals.add(ReportEvent.of(WeightsNews.taken(7, taken, network)));
        }
        KeptWeights broken = new KeptWeights("copy", "c.pth", "cc");
        totals.add(ReportEvent.of(WeightsNews.refused(broken, "it is text")));

        RunTotals restored = roundTrip();

        assertThat(restored.weightsNews()).isEqualTo(totals.weightsNews());
        assertThat(restored.networks()).contains(network);
        Map<String, Object> summary =
                Summary.of(
                        restored,
                        List.of("road", "car"),
                        new ExpectedStreams(new TreeMap<>(), false),
                        0.02);
        assertThat(summary.get("weightsTaken"))
                .hasToString("[{file=b.pth, sha256=bb, checkpoint=7}]");
        assertThat(summary.get("weightsRefused"))
                .hasToString("[{file=c.pth, sha256=cc, reason=it is text}]");
        Map<?, ?> stream = (Map<?, ?>) ((List<?>) summary.get("streams")).get(0);
        assertThat(stream.get("weights"))
                .hasToString(
                        "[{firstFrame=0, lastFrame=49, frames=50, sha256=aa},"
                                + " {firstFrame=50, lastFrame=99, frames=50, sha256=bb}]");
        String compared =
                "{frames=2, equalPixels=0.75, miouWithFirst=0.5833333333333333,"
                        + " iouWithFirst={road=0.6666666666666666, car=0.5}, labelledFrames=1,"
                        + " miou=0.25, miouOfFirst=1.0}";
        assertThat(stream.get("shadow")).hasToString(compared);
        assertThat(summary.get("shadow")).hasToString(compared);
    }

    @Test
    void totalsWithoutTimesOfTheNetworkAreReadToo() throws IOException {
        totals.add(ReportEvent.of(new FrameTiming(10_100, 100_000_000, 1, 40_000_000)));

        // What version 7 adds comes after all that version 6 had.
        RunTotals restored = serializer.deserialize(6, serializer.serialize(totals));

        assertThat(restored.latencies()).isEqualTo(totals.latencies());
        assertThat(restored.networkCalls().count()).isZero();
    }

    @Test
    void nothingIsKeptAsNothing() throws IOException {
        RunTotals restored = roundTrip();

        assertThat(restored.pixels()).isNull();
        assertThat(restored.networks()).isEmpty();
        assertThat(restored.wallSeconds()).isZero();
    }

    @Test
    void whatWasKeptBeforeStreamsHadScoresIsRead() throws IOException {
        totals.add(ReportEvent.of(new FrameTiming(10_100, 100_000_000, 1, 40_000_000)));
        byte[] now = serializer.serialize(totals);

        // The number of streams with scores, at the end, is new, and what came after it.
        RunTotals restored =
                serializer.deserialize(7, Arrays.copyOf(now, now.length - 12 - PICTURES));

        assertThat(restored.latencies()).isEqualTo(totals.latencies());
        assertThat(restored.streamScores()).isEmpty();
    }

    @Test
    void whatWasKeptBeforeWeightsCouldChangeIsRead() throws IOException {
        totals.add(ReportEvent.of(new FrameTiming(10_100, 100_000_000, 1, 40_000_000)));
        byte[] now = serializer.serialize(totals);

        // The numbers of changes, and of streams that tell of them, are new.
        RunTotals restored =
                serializer.deserialize(8, Arrays.copyOf(now, now.length - 8 - PICTURES));

        assertThat(restored.latencies()).isEqualTo(totals.latencies());
        assertThat(restored.weightsNews()).isEmpty();
    }

    @Test
    void whatWasKeptBeforePicturesWereLookedAtIsRead() throws IOException {
        long drifted = 0x6161616161616161L;
        long sharp = 0x7171717171717171L;
        long[] masks = {2, 1, 0, 100, 25, 150, 50, 80, 80, 100, 0, 20, 0, 0, 0, 0, 0, 0, 0};
        MaskTotals now =
                new MaskTotals(masks, 5, 2, 1, 3, 0.25, 7, 0.4, 9, 0.5, 8, 4, drifted, sharp);
        MaskTotals before = new MaskTotals(masks, 5, 2, 1, 3, 0.25, 7, 0.4, 9, 0.5, 8, 4, 0, 0);
        totals.add(
                ReportEvent.of(
                        new StreamTotals(
                                "a", "a.mp4", 2, 0, List.of(), null, 0, null, null, null, now)));
        byte[] bytes = serializer.serialize(totals);
        int begin = 0;
        while (ByteBuffer.wrap(bytes).getLong(begin) != drifted) {
            begin++;
        }
        byte[] version9 =
                ByteBuffer.allocate(bytes.length - 16 - PICTURES)
                        .put(bytes, 0, begin)
                        .put(bytes, begin + 16, bytes.length - 16 - PICTURES - begin)
                        .array();

        RunTotals restored = serializer.deserialize(9, version9);

        assertThat(restored.streams().iterator().next().masks())
                .usingRecursiveComparison()
                .isEqualTo(before);
        assertThat(restored.sharpness().curves()).isEmpty();
    }

    @Test
    void anotherVersionIsRefused() {
        assertThatThrownBy(() -> serializer.deserialize(11, new byte[0]))
                .hasMessage("totals of version 11 cannot be read; 3 to 10 are known");
    }

    @Test
    void theSummaryNamesWhatUnlikeMachinesTook() {
        totals.add(network("cpu", "int8"));
        totals.add(network("cpu", "fp32"));
        totals.add(network("cpu", "int8"));

        Map<String, Object> summary =
                Summary.of(totals, List.of(), new ExpectedStreams(new TreeMap<>(), false), 0.02);

        assertThat(summary.get("device")).isEqualTo("cpu");
        assertThat(summary.get("precision")).isEqualTo(List.of("fp32", "int8"));
        assertThat(summary.get("weights")).isEqualTo(Map.of("file", "w.pth", "sha256", "ab"));
    }

    private static ReportEvent network(String device, String precision) {
        return ReportEvent.of(
                new NetworkInfo("stdc1", "0.5", "pytorch", device, precision, 2, 1, "w.pth", "ab"));
    }

    private RunTotals roundTrip() throws IOException {
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(totals));
    }

    private static long[] counts(long right, long wrong) {
        return new long[] {right, wrong, 0, 0};
    }

    private static ReportEvent window(String stream, double end, double miou) {
        return ReportEvent.of(
                new ScoreWindow(stream, end - 1, end, 1, TestScores.of(miou, 1), List.of(), 0));
    }

    private static ReportEvent throughput(double end, double framesPerSecond) {
        return ReportEvent.of(new ThroughputWindow(end - 1, end, 1, framesPerSecond, 0, 0, 0, 1));
    }
}
