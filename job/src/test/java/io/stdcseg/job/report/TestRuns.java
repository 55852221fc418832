// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.function.score.MaskTotals;
import io.stdcseg.function.score.ScoreWindow;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.function.throughput.ThroughputWindow;
import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.label.LabelSet;
import io.stdcseg.metric.MaskCounts;
import io.stdcseg.metric.MaskScores;
import io.stdcseg.metric.Scores;
import io.stdcseg.testing.TestScores;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Totals of runs that pages are drawn of. */
final class TestRuns {

    static final LabelSet CAMVID = LabelSet.of("camvid");

    static final ExpectedStreams EXPECTED = new ExpectedStreams(new TreeMap<>(), false);

    /** When they begin, in seconds since 1970. */
    static final long START = 1_700_000_000;

    private static final int SECONDS_PER_DAY = 86_400;
    private static final long MILLI = 1_000_000;

    private TestRuns() {}

    /** Two labelled videos and a camera, for a day; names are what a disk may hold. */
    static RunTotals aDay() {
        RunTotals totals = new RunTotals();
        totals.add(
                ReportEvent.of(
                        new NetworkInfo(
                                "stdc1-camvid",
                                "height 360",
                                "pytorch",
                                "cpu",
                                "int8",
                                2,
                                1,
                                "default.safetensors",
                                "ea0b1594dbfb7fe9453485c14fe99673dd53fb318fdbf806adcfe650b192b412")));
        for (int second = 1; second <= SECONDS_PER_DAY; second++) {
            double wave = 0.1 * Math.sin(second / 3000.0);
            add(totals, "street", second, 0.7 + wave);
            add(totals, "corner <b>", second, 0.6 - wave);
            add(totals, "*", START + second, 0.65);
            add(totals, "gate", START + second, 0.5 + wave);
            totals.add(
                    ReportEvent.of(
                            new ThroughputWindow(
                                    START + second - 10, START + second, 1, 9, 1, 2, 3, 1)));
            addFrame(totals, second, 100 + second % 50, 30 + second % 20);
        }
        totals.add(ReportEvent.of(ended("street", "street.mp4", List.of(), null)));
        totals.add(
                ReportEvent.of(
                        ended(
                                "corner <b>",
                                "a/folder/with/a/name/that/is/rather/long/corner <b>.mp4",
                                skipped(),
                                "torn at its end")));
        totals.add(ReportEvent.of(camera()));
        return totals;
    }

    /** A few frames without labels, shorter than a window. */
    static RunTotals fifteenFrames() {
        RunTotals totals = new RunTotals();
        for (int frame = 0; frame < 15; frame++) {
            addFrame(totals, frame, 100 + frame, 30);
        }
        long[] counts = new MaskCounts(CAMVID.size()).toLongs();
        Arrays.fill(counts, 1);
        for (int second = 1; second <= 3; second++) {
            totals.add(
                    ReportEvent.of(
                            new ScoreWindow(
                                    "street",
                                    second - 1,
                                    second,
                                    0,
                                    Scores.none(CAMVID.size()),
                                    CAMVID.names(),
                                    0,
                                    MaskScores.of(MaskCounts.fromLongs(counts)))));
        }
        totals.add(
                ReportEvent.of(
                        new StreamTotals(
                                "street",
                                "street.mp4",
                                15,
                                0,
                                List.of(),
                                null,
                                0,
                                null,
                                null,
                                null,
                                new MaskTotals(
                                        counts, 3, 1, 0, 0, 0.25, 1, 0.6, 2, 0.5, 2, 1, 1, 0))));
        return totals;
    }

    /** What a page shows of two kept frames, one with a label. */
    static Map<String, Object> frames() throws IOException {
        Thumbnail size = Thumbnail.within(480, 960, 540);
        byte[] mask = new byte[960 * 540];
        byte[] label = new byte[960 * 540];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (i % 960 / 100);
            label[i] = (byte) (i % 960 / 90);
        }
        Map<String, String> pictures = new LinkedHashMap<>();
        pictures.put("source", FramePictures.png(size.painted(mask, CAMVID)));
        pictures.put("prediction", FramePictures.png(size.painted(mask, CAMVID)));
        Map<String, String> labelled = new LinkedHashMap<>(pictures);
        labelled.put("label", FramePictures.png(size.painted(label, CAMVID)));
        labelled.put("difference", FramePictures.png(size.difference(mask, label)));
        return Map.of(
                "kept",
                5,
                "shown",
                List.of(
                        kept("<b>corner", 0.7, "miou", labelled),
                        kept("gate", START + 9, "temporalConsistency", pictures)));
    }

    private static Map<String, Object> kept(
            String stream, double seconds, String reason, Map<String, String> pictures) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("stream", stream);
        frame.put("frame", 7);
        frame.put("picture", null);
        frame.put("seconds", seconds);
        frame.put("reason", reason);
        frame.put(reason, 0.4321);
        frame.put("pixelAccuracy", 0.9);
        frame.put("pictures", pictures);
        return frame;
    }

    private static void add(RunTotals totals, String stream, double end, double miou) {
        totals.add(
                ReportEvent.of(
                        new ScoreWindow(
                                stream,
                                end - 10,
                                end,
                                1,
                                TestScores.of(miou, 0.9),
                                CAMVID.names(),
                                0)));
    }

    /** A window without labels. */
    static ScoreWindow watched(String stream, int second) {
        double wave = 0.1 * Math.sin(second / 300.0);
        return new ScoreWindow(
                stream,
                second - 1,
                second,
                0,
                Scores.none(CAMVID.size()),
                CAMVID.names(),
                0,
                new MaskScores(
                        25,
                        new double[CAMVID.size()],
                        0.1 + wave / 2,
                        0.7 + wave,
                        24,
                        0.8 + wave,
                        24,
                        2,
                        new double[0],
                        new MaskScores.Judgement(
                                0.1 + wave, 0.1, wave > 0.09, false, false, false, false, false)));
    }

    private static void addFrame(RunTotals totals, int second, long millis, long network) {
        long end = 1000 * (START + second);
        totals.add(ReportEvent.of(new FrameTiming(end, millis * MILLI, 1, network * MILLI)));
    }

    private static StreamTotals ended(
            String name, String source, List<SkippedPicture> skipped, String error) {
        return new StreamTotals(
                name, source, SECONDS_PER_DAY, skipped.size(), skipped, error, 900, counts());
    }

    private static List<SkippedPicture> skipped() {
        return IntStream.range(0, 100)
                .mapToObj(i -> new SkippedPicture("corner <b>", 0, i, null, "</script> is damaged"))
                .toList();
    }

    private static StreamTotals camera() {
        LiveProgress live =
                new LiveProgress("gate", 0, 1, 90_000, 7, 2, 30_000, 3, 1, 5_000_000, "it ended");
        return new StreamTotals(
                "gate", "rtsp://gate", 89_991, 2, List.of(), null, 0, null, live, null, null);
    }

    /** A confusion matrix whose diagonal is the most, and whose last class is absent. */
    private static long[] counts() {
        int classes = CAMVID.size();
        long[] counts = new long[classes * classes];
        for (int label = 0; label < classes - 1; label++) {
            for (int prediction = 0; prediction < classes - 1; prediction++) {
                boolean right = label == prediction;
                counts[label * classes + prediction] = right ? 9000L * (label + 1) : 10L * label;
            }
        }
        return counts;
    }
}
