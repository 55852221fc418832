// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.function.score.ClassPixels;
import io.stdcseg.function.score.ScoreWindow;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.job.output.EarlierResults;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.TestScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.StringValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveWriterTest {

    private static final LabelSet CAMVID = LabelSet.of("camvid");

    @TempDir private Path output;

    private OutputFolder folder;
    private Map<String, String> sources = Map.of("gate", "rtsp://camera/1");

    @BeforeEach
    void choose() {
        folder = OutputFolder.of(output);
    }

    @Test
    void pageAndStatusAreThereFromTheStart() throws Exception {
        try (var harness = harness()) {
            harness.setProcessingTime(5_000);
            harness.open();

            assertThat(output.resolve("live.html")).content().contains("\"name\":\"sky\"");
            JsonNode status = status();
            assertThat(status.get("ended").asBoolean()).isFalse();
            assertThat(status.get("framesPerSecond").isNull()).isTrue();
            JsonNode gate = status.get("streams").get(0);
            assertThat(gate.get("source").asText()).isEqualTo("rtsp://camera/1");
            assertThat(gate.get("playlist").asText()).isEqualTo("hls/gate/index.m3u8");
            assertThat(gate.get("frames").asInt()).isZero();
            for (String unknown :
                    List.of(
                            "framesPerSecond",
                            "lagSeconds",
                            "inputHeight",
                            "decoded",
                            "dropped",
                            "skipped",
                            "reconnects",
                            "error",
                            "window")) {
                assertThat(gate.get(unknown).isNull()).as(unknown).isTrue();
            }
        }
    }

    @Test
    void ratesAndSharesAreOfTheLatestFrames() throws Exception {
        try (var harness = harness()) {
            harness.setProcessingTime(0);
            harness.open();
            frames(harness, "gate", 0, 10, 3);
            for (int second = 1; second <= 12; second++) {
                harness.setProcessingTime(1000L * second);
                frames(harness, "gate", second, 20, 8);
            }
            harness.setProcessingTime(13_000);

            JsonNode gate = status().get("streams").get(0);
            assertThat(gate.get("frames").asInt()).isEqualTo(250);
            assertThat(gate.get("framesPerSecond").asDouble()).isCloseTo(20, within(0.5));
            assertThat(gate.at("/window/shares/car").asDouble()).isEqualTo(1);
            assertThat(gate.at("/window/shares/road").asDouble()).isZero();
            assertThat(gate.at("/window/start").asDouble()).isEqualTo(4);
            assertThat(gate.at("/window/end").asDouble()).isEqualTo(12);
            assertThat(gate.at("/window/miou").isNull()).isTrue();

            // A dead camera: the page goes on, and says so.
            harness.setProcessingTime(18_000);
            assertThat(status().get("updated").asText()).isEqualTo("1970-01-01T00:00:18Z");
            assertThat(rate()).isBetween(8.0, 12.0);
            harness.setProcessingTime(40_000);
            assertThat(rate()).isZero();
        }
    }

    @Test
    void labelledStreamsHaveScoresAndLiveOnesLagAndLosses() throws Exception {
        sources = Map.of();
        double[] iou = new double[CAMVID.size()];
        iou[0] = Double.NaN;
        iou[3] = 0.75;
        try (var harness = harness()) {
            harness.setProcessingTime(0);
            harness.open();
            frames(harness, "a/b c\"+", 0, 4, 3);
            for (String stream : List.of("a/b c\"+", "*")) {
                send(
                        harness,
                        LiveEvent.of(
                                new ScoreWindow(
                                        stream,
                                        2,
                                        12,
                                        4,
                                        TestScores.of(0.5, 0.9, iou),
                                        CAMVID.names(),
                                        0)));
            }
            send(harness, LiveEvent.of(new StreamStatus("a/b c\"+", 1.5, 110, 7, 3, 2, "gone")));
            harness.setProcessingTime(1_000);

            JsonNode status = status();
            assertThat(status.get("miou").asDouble()).isEqualTo(0.5);
            assertThat(status.get("streams")).hasSize(1);
            JsonNode stream = status.get("streams").get(0);
            assertThat(stream.get("playlist").asText()).isEqualTo("hls/a%2Fb%20c%22%2B/index.m3u8");
            assertThat(stream.at("/window/miou").asDouble()).isEqualTo(0.5);
            assertThat(stream.at("/window/start").asDouble()).isEqualTo(2);
            assertThat(stream.at("/window/iou/road").asDouble()).isEqualTo(0.75);
            assertThat(stream.at("/window/iou/sky").isNull()).isTrue();
            assertThat(stream.at("/window/shares/road").asDouble()).isEqualTo(1);
            assertThat(stream.get("lagSeconds").asDouble()).isEqualTo(1.5);
            assertThat(stream.get("inputHeight").asInt()).isEqualTo(270);
            assertThat(stream.get("decoded").asInt()).isEqualTo(110);
            assertThat(stream.get("dropped").asInt()).isEqualTo(7);
            assertThat(stream.get("skipped").asInt()).isEqualTo(3);
            assertThat(stream.get("reconnects").asInt()).isEqualTo(2);
            assertThat(stream.get("error").asText()).isEqualTo("gone");
        }
    }

    @Test
    void framesCountOnceOverAFailure() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var harness = harness()) {
            harness.open();
            frames(harness, "gate", 0, 4, 3);
            frames(harness, "yard", 0, 3, 3);
            send(harness, LiveEvent.of(ended("yard", 3, "torn")));
            checkpoint = harness.snapshot(1, 1);
            frames(harness, "gate", 1, 9, 3);
        }
        try (var harness = harness()) {
            harness.initializeState(checkpoint);
            harness.open();
            frames(harness, "gate", 0, 1, 3);
            harness.endInput();

            JsonNode status = status();
            assertThat(status.get("ended").asBoolean()).isTrue();
            assertThat(status.get("frames").asInt()).isEqualTo(8);
            JsonNode gate = status.get("streams").get(0);
            assertThat(gate.get("frames").asInt()).isEqualTo(5);
            JsonNode yard = status.get("streams").get(1);
            assertThat(yard.get("name").asText()).isEqualTo("yard");
            assertThat(yard.get("source").asText()).isEqualTo("yard.mp4");
            assertThat(yard.get("ended").asBoolean()).isTrue();
            assertThat(yard.get("error").asText()).isEqualTo("torn");
        }
    }

    @Test
    void ofThousandsOfStreamsTheRunningOnesAreListed() throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (int i = 0; i < 2000; i++) {
                send(harness, LiveEvent.of(ended("a" + i, 1, null)));
            }
            frames(harness, "last", 0, 1, 3);
            harness.endInput();
        }
        JsonNode status = status();
        assertThat(status.get("streams")).hasSize(LiveStreams.MOST_LISTED);
        assertThat(status.get("streams").findValuesAsText("name")).startsWith("gate", "last", "a0");
        assertThat(status.get("moreStreams").asInt()).isEqualTo(2002 - LiveStreams.MOST_LISTED);
    }

    @Test
    void framesThatComeBehindTheEndAreAmongThoseItTellsOf() throws Exception {
        try (var harness = harness()) {
            harness.open();
            frames(harness, "gate", 0, 3, 3);
            send(harness, LiveEvent.of(ended("gate", 5, null)));
            frames(harness, "gate", 0, 2, 3);
            harness.endInput();

            assertThat(status().get("frames").asLong()).isEqualTo(5);
        }
    }

    @Test
    void aPageThatCannotBeWrittenEndsNoJob() throws Exception {
        Files.createDirectories(output.resolve("live.json/in-the-way"));
        try (var harness = harness()) {
            harness.open();
            frames(harness, "gate", 0, 1, 3);
            harness.setProcessingTime(3_000);
            harness.endInput();
        }
        try (Stream<Path> files = Files.list(output)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("live.html")
                    .noneMatch(name -> name.startsWith(".live"));
        }
    }

    @Test
    void aRunWithoutAPageLeavesNoneOfAnEarlierOne() throws Exception {
        Files.writeString(output.resolve("live.html"), "");
        Files.writeString(output.resolve("live.json"), "{}");
        new EarlierResults(folder, List.of(), Set.of(), true, false).remove();
        assertThat(output.resolve("live.json")).exists();
        new EarlierResults(folder).remove();
        assertThat(output.resolve("live.json")).doesNotExist();
        assertThat(output.resolve("live.html")).doesNotExist();
    }

    @Test
    void stateKeepsWhatIsToldOfWeights() throws IOException {
        LiveState.Serializer serializer = new LiveState.Serializer();
        LiveStreams streams = new LiveStreams(Map.of(), CAMVID.names(), Duration.ofSeconds(1));
        WeightsNews taken = new WeightsNews(7, "a.safetensors", "0a", null, null);
        WeightsNews refused = new WeightsNews(0, "b.safetensors", "0b", null, "it is text");
        streams.add(taken);
        streams.add(refused);
        byte[] bytes = serializer.serialize(LiveState.of(streams));

        LiveStreams restored = new LiveStreams(Map.of(), CAMVID.names(), Duration.ofSeconds(1));
        serializer.deserialize(serializer.getVersion(), bytes).restore(restored);

        assertThat(restored.toMap(0, false))
                .containsEntry("weights", taken.toMap())
                .containsEntry("refusedWeights", refused.toMap());
    }

    /** As it was before weights could change: one stream. */
    @Test
    void stateOfAnEarlierVersionIsRead() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeInt(1);
        StringValue.writeString("a", out);
        StringValue.writeString("a.mp4", out);
        out.writeLong(12);
        out.writeBoolean(true);
        StringValue.writeString(null, out);

        LiveState state = new LiveState.Serializer().deserialize(1, out.getCopyOfBuffer());

        assertThat(state.streams())
                .containsExactly(new LiveState.Entry("a", "a.mp4", 12, true, null));
        assertThat(state.news()).isEmpty();
    }

    @Test
    void stateOfALaterVersionIsRefused() {
        LiveState.Serializer serializer = new LiveState.Serializer();
        assertThatThrownBy(() -> serializer.deserialize(3, new byte[4]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 3 cannot be read; versions 1 and 2 are known");
    }

    @Test
    void onlyThePagesOwnScriptsMayRun() {
        String page = LivePage.of(CAMVID);
        Matcher policy = Pattern.compile("content=\"(default-src[^\"]+)\"").matcher(page);
        assertThat(policy.find()).isTrue();
        assertThat(policy.group(1))
                .startsWith("default-src 'none'; script-src 'sha256-")
                .doesNotContain("script-src 'unsafe")
                .contains("connect-src 'self'");
        assertThat(Pattern.compile("<script>").matcher(page).results().count()).isEqualTo(2);
        assertThat(Pattern.compile("'sha256-").matcher(policy.group(1)).results().count())
                .isEqualTo(2);
        assertThat(page).contains("Apache License 2.0").doesNotContain("sourceMappingURL");
    }

    private static StreamTotals ended(String stream, long frames, String error) {
        return new StreamTotals(stream, stream + ".mp4", frames, 0, List.of(), error, 0, null);
    }

    private static void frames(
            OneInputStreamOperatorTestHarness<LiveEvent, Void> harness,
            String stream,
            int second,
            int count,
            int trainId)
            throws Exception {
        int[] pixels = new int[CAMVID.size()];
        pixels[trainId] = 100;
        for (int i = 0; i < count; i++) {
            send(
                    harness,
                    LiveEvent.of(new ClassPixels(stream, second * 1_000_000_000L, pixels, 270)));
        }
    }

    private static void send(
            OneInputStreamOperatorTestHarness<LiveEvent, Void> harness, LiveEvent event)
            throws Exception {
        harness.processElement(new StreamRecord<>(event));
    }

    private double rate() throws IOException {
        return status().get("streams").get(0).get("framesPerSecond").asDouble();
    }

    private JsonNode status() throws IOException {
        return new ObjectMapper().readTree(output.resolve("live.json").toFile());
    }

    private OneInputStreamOperatorTestHarness<LiveEvent, Void> harness() throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new LiveWriter(folder, sources, CAMVID, Duration.ofSeconds(10)));
    }
}
