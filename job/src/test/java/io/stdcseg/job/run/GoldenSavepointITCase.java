// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A savepoint that an earlier version took is read, and its job goes on to the end. */
class GoldenSavepointITCase {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private static Path whole;

    private static Path expected;

    @TempDir private Path dir;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        assumeTrue(GoldenSavepoint.isReadableHere(), "there is no /proc/self/cwd");
        if (GoldenSavepoint.isThere()) {
            expected = GoldenSavepoint.undisturbed(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aJobGoesOnFromIt(int parallelism) throws Exception {
        assertThat(GoldenSavepoint.isThere()).isTrue();

        Path output = GoldenSavepoint.finish(dir, parallelism);

        JsonNode summary = summary(output);
        assertThat(summary.get("frames").asInt()).isEqualTo(GoldenSavepoint.FRAMES);
        assertThat(streams(summary)).isEqualTo(streams(summary(expected)));
        assertThat(summary.get("scores").get("frames"))
                .isEqualTo(summary(expected).get("scores").get("frames"));
        assertThat(windows(output)).isNotEmpty().isEqualTo(windows(expected));
        assertThat(times(output.resolve("clip.masked.mp4")))
                .hasSize(GoldenSavepoint.FRAMES)
                .isEqualTo(times(GoldenSavepoint.clip()));
        assertThat(names(output)).containsExactlyElementsOf(names(expected));
    }

    /** Run by hand, when the state is meant to be another one from now on. */
    @Test
    @EnabledIfSystemProperty(named = "stdc.golden", matches = "take")
    void take() throws Exception {
        GoldenSavepoint.take(dir);
    }

    private static JsonNode summary(Path output) throws IOException {
        return MAPPER.readTree(output.resolve("summary.json").toFile());
    }

    /**
     * Nothing was counted of pictures by themselves when the savepoint was taken, and the weights
     * were others.
     */
    private static JsonNode streams(JsonNode summary) {
        JsonNode streams = summary.get("streams");
        streams.forEach(
                stream -> ((ObjectNode) stream).remove(List.of("masks", "miou", "pixelAccuracy")));
        return streams;
    }

    /** When scores' windows begin and end, and how many frames they hold, in order. */
    private static List<List<Double>> windows(Path output) throws IOException {
        List<List<Double>> windows = new ArrayList<>();
        try (Stream<Path> files = Files.list(output.resolve("scores"))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode window = MAPPER.readTree(line);
                    windows.add(
                            Stream.of("windowStart", "windowEnd", "frames")
                                    .map(key -> window.get(key).asDouble())
                                    .toList());
                }
            }
        }
        return windows;
    }

    private static List<Long> times(Path video) {
        List<Long> millis = new ArrayList<>();
        try (VideoDecoder decoder = VideoDecoder.open("times", video)) {
            while (decoder.advance()) {
                millis.add(Math.round(decoder.info().seconds(decoder.pts()) * 1000));
            }
        }
        return millis;
    }

    private static List<String> names(Path output) throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
