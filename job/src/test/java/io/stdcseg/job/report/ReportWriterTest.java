// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.job.output.EarlierResults;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.label.LabelSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

    private static final NetworkInfo NETWORK =
            new NetworkInfo("stdc1-seg50", "0.5", "pytorch", "cpu", "fp32", 2, 1, "w.pth", "ab12");

    @TempDir private Path output;

    private OutputFolder folder;
    private Map<String, String> sources = Map.of();

    @Test
    void sumsUpStreamsFramesAndScores() throws Exception {
        try (var harness = harness()) {
            harness.open();
            send(harness, ReportEvent.of(NETWORK));
            send(harness, ReportEvent.of(new FrameTiming(10_100, 100_000_000, 1, 0)));
            send(harness, ReportEvent.of(new FrameTiming(11_000, 300_000_000, 1, 70_000_000)));
            send(harness, ReportEvent.of(totals("b", null, counts(1, 3, 2))));
            send(harness, ReportEvent.of(totals("a", "broken", counts(5, 0, 0))));
            harness.endInput();
        }

        JsonNode summary = new ObjectMapper().readTree(output.resolve("summary.json").toFile());
        assertThat(summary.get("frames").asInt()).isEqualTo(2);
        assertThat(summary.get("wallSeconds").asDouble()).isEqualTo(1.0);
        assertThat(summary.get("framesPerSecond").asDouble()).isEqualTo(2.0);
        assertThat(summary.get("latencyMillis").get("max").asDouble()).isCloseTo(300, within(0.1));
        assertThat(summary.get("networkMillis").get("max").asDouble()).isEqualTo(70);
        assertThat(summary.get("model").asText()).isEqualTo("stdc1-seg50");
        assertThat(summary.get("weights").get("sha256").asText()).isEqualTo("ab12");
        assertThat(summary.get("streams"))
                .extracting(stream -> stream.get("name").asText())
                .containsExactly("a", "b");
        assertThat(summary.get("streams").findValuesAsText("labelledFrames"))
                .containsExactly("1", "1");
        JsonNode skipped = summary.get("streams").get(0).get("skippedFrames").get(0);
        assertThat(skipped.get("index").asInt()).isEqualTo(7);
        assertThat(skipped.get("name").asText()).isEqualTo("b.png");
        assertThat(skipped.get("reason").asText()).isEqualTo("it is damaged");
        assertThat(summary.get("streams").get(0).get("error").asText()).isEqualTo("broken");
        JsonNode scores = summary.get("scores");
        assertThat(scores.get("frames").asInt()).isEqualTo(2);
        assertThat(scores.get("classesPresent").asInt()).isEqualTo(2);
        assertThat(scores.get("iou").get("sky").asDouble()).isCloseTo(6.0 / 11, within(1e-12));
        assertThat(scores.get("iou").get("building").asDouble()).isZero();
        assertThat(scores.get("iou").get("road").isNull()).isTrue();
        assertThat(scores.get("confusion").get(0).get(1).asInt()).isEqualTo(3);
        assertThat(output.resolve("report.html")).content().contains("\"name\":\"sky\"");
    }

    @Test
    void aRunWithoutAllItsStreamsWasInterrupted() throws Exception {
        sources = Map.of("a", "dir/a.mp4", "b", "dir/b.mp4");
        for (boolean complete : List.of(false, true)) {
            try (var harness = harness()) {
                harness.open();
                send(harness, ReportEvent.of(totals("a", null, null)));
                StreamTotals b = totals("b", null, null);
                send(harness, ReportEvent.of(complete ? b : withoutEnd(b)));
                harness.endInput();
            }

            JsonNode summary = new ObjectMapper().readTree(output.resolve("summary.json").toFile());
            assertThat(summary.get("interrupted").asBoolean()).isEqualTo(!complete);
            assertThat(summary.get("streams").findValuesAsText("source"))
                    .containsExactly("dir/a.mp4", "dir/b.mp4");
        }
    }

    private static StreamTotals withoutEnd(StreamTotals totals) {
        return new StreamTotals(
                totals.stream(), null, totals.frames(), 0, List.of(), null, 0, null);
    }

    @Test
    void addsOnceWhatAFailedAttemptAddedAfterTheCheckpoint() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var harness = harness()) {
            harness.open();
            send(harness, ReportEvent.of(new FrameTiming(1_000, 1_000_000, 1, 0)));
            checkpoint = harness.snapshot(1, 1);
            send(harness, ReportEvent.of(new FrameTiming(9_000, 1_000_000, 1, 0)));
        }
        try (var harness = harness()) {
            harness.initializeState(checkpoint);
            harness.open();
            send(harness, ReportEvent.of(new FrameTiming(3_000, 1_000_000, 1, 0)));
            send(harness, ReportEvent.of(new FrameTiming(5_000, 1_000_000, 1, 0)));
            send(harness, ReportEvent.of(totals("a", null, null)));
            harness.endInput();
        }

        JsonNode summary = new ObjectMapper().readTree(output.resolve("summary.json").toFile());
        // Another job went on, which the time before its first frame is not counted of.
        assertThat(summary.get("wallSeconds").asDouble()).isCloseTo(2.0, within(0.01));
        assertThat(summary.get("scores").isNull()).isTrue();
    }

    @Test
    void onlyARunThatStartsAnewRemovesTheResultsOfAnEarlierOne() throws Exception {
        Path summary = Files.writeString(output.resolve("summary.json"), "earlier");
        OperatorSubtaskState checkpoint;
        try (var harness = harness()) {
            harness.open();
            assertThat(summary).doesNotExist();
            checkpoint = harness.snapshot(1, 1);
        }
        Files.writeString(summary, "earlier");

        try (var harness = harness()) {
            harness.initializeState(checkpoint);
            harness.open();
            assertThat(summary).hasContent("earlier");
        }
    }

    @Test
    void whatAKilledProcessWasWritingIsRemoved() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var harness = harness()) {
            harness.open();
            checkpoint = harness.snapshot(1, 1);
        }
        for (String name : List.of("summary.json", "report.html", ".claim")) {
            Files.writeString(output.resolve("." + name + "." + UUID.randomUUID()), "half");
        }
        Path other = Files.writeString(output.resolve(".notes"), "x");

        try (var harness = harness()) {
            harness.initializeState(checkpoint);
            harness.open();
            harness.endInput();
        }

        try (Stream<Path> left = Files.list(output)) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith(".")))
                    .containsExactly(other);
        }
    }

    @Test
    void textOfTheDataCannotEndTheScript() throws Exception {
        try (var harness = harness()) {
            harness.open();
            send(harness, ReportEvent.of(totals("a", "</script><b>", null)));
            harness.endInput();
        }

        assertThat(Files.readString(output.resolve("report.html"))).doesNotContain("</script><b>");
    }

    private OneInputStreamOperatorTestHarness<ReportEvent, Void> harness() throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new ReportWriter(
                        new EarlierResults(folder()),
                        new ExpectedStreams(new TreeMap<>(sources), false),
                        LabelSet.of("camvid"),
                        Map.of("every", "2"),
                        true,
                        0.02,
                        true,
                        null,
                        true));
    }

    private OutputFolder folder() {
        if (folder == null) {
            folder = OutputFolder.of(output);
        }
        return folder;
    }

    private static void send(
            OneInputStreamOperatorTestHarness<ReportEvent, Void> harness, ReportEvent event)
            throws Exception {
        harness.processElement(new StreamRecord<>(event));
    }

    private static StreamTotals totals(String stream, String error, long[] counts) {
        return new StreamTotals(
                stream,
                stream + ".mp4",
                1,
                1,
                List.of(new SkippedPicture(stream, 0, 7, "b.png", "it is damaged")),
                error,
                counts == null ? 0 : 1,
                counts);
    }

    /** Counts of the first two of CamVid's classes. */
    private static long[] counts(long right, long skyAsBuilding, long buildingAsSky) {
        long[] counts = new long[11 * 11];
        counts[0] = right;
        counts[1] = skyAsBuilding;
        counts[11] = buildingAsSky;
        return counts;
    }
}
