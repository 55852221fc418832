// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.job.testing.Clips;
import io.stdcseg.testing.LiveServer;
import io.stdcseg.testing.LiveServer.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera that is faster than this machine at the usual height, whatever machine it is. */
class AdaptITCase {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final int USUAL = 360;

    /** How much faster; a quarter of the height costs a sixteenth. */
    private static final double LOAD = 3;

    /** Frames: some are on their way through the job before the first has to wait. */
    private static final long AT_LEAST = 60;

    /** Frames of a time in which a machine, however slow, gets over what happens once. */
    private static final double PATIENCE = 20;

    private final CommandLineRunner stdc = new CommandLineRunner();

    private long lagMillis;

    @TempDir private Path folder;

    @Test
    void theHeightGoesDownWhereFramesWouldBeLeftOut() throws Exception {
        double capacity = capacity();
        double rate = LOAD * capacity;
        lagMillis = Math.max(2000, Math.round(PATIENCE * 1000 / capacity));
        long enough = Math.max(Math.round(15 * capacity), AT_LEAST);
        int pictures = (int) Math.ceil(2 * LOAD * enough);
        Part camera = new Part(LiveServer.transportStream(64, 48, pictures, 0), pictures / rate);

        try (LiveServer server = LiveServer.start(camera)) {
            JsonNode full = stream("full", server, enough);
            assertThat(full.get("dropped").asLong()).isPositive();
            assertThat(full.has("inputHeight")).isFalse();

            long frames = 2 * enough;
            JsonNode adapted = stream("adapted", server, frames, "--adapt");
            // Were the machine this test's alone, it would be none.
            assertThat(adapted.get("dropped").asLong()).isLessThan(frames / 20);
            assertThat(adapted.get("frames").asLong()).isEqualTo(frames);
            JsonNode height = adapted.get("inputHeight");
            assertThat(height.get("most").asInt()).isEqualTo(USUAL);
            assertThat(height.get("least").asInt()).isBetween(USUAL / 4, USUAL / 4 * 3);
            long counted = 0;
            for (JsonNode count : height.get("frames")) {
                counted += count.asLong();
            }
            assertThat(counted).isEqualTo(frames);
            List<JsonNode> changes = heights("adapted");
            assertThat(changes).hasSize(1 + height.get("changes").asInt());
            assertThat(changes.get(0).get("inputHeight").asInt()).isEqualTo(USUAL);
        }
    }

    /** Frames per second that this machine segments at the usual height. */
    private double capacity() throws Exception {
        Path clip = folder.resolve("clip.mp4");
        Clips.write(clip, 40);
        return segment("clip", clip.toString()).get("framesPerSecond").asDouble();
    }

    private JsonNode stream(String output, LiveServer server, long frames, String... more)
            throws Exception {
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("--max-frames", String.valueOf(frames)));
        options.addAll(List.of("--live-lag", lagMillis + "ms"));
        return segment(output, server.address(), options.toArray(String[]::new))
                .get("streams")
                .get(0);
    }

    private JsonNode segment(String output, String source, String... more) throws Exception {
        List<String> line = new ArrayList<>();
        line.addAll(List.of("segment", "--source", source, "--write", "scores,report"));
        line.addAll(List.of("--height", String.valueOf(USUAL), "--precision", "fp32"));
        line.addAll(List.of("--output", folder.resolve(output).toString()));
        line.addAll(List.of(more));
        int code = stdc.run(line.toArray(String[]::new));
        assertThat(code).as(stdc.err()).isZero();
        return MAPPER.readTree(folder.resolve(output).resolve("summary.json").toFile());
    }

    private List<JsonNode> heights(String output) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(output).resolve("scores"))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode score = MAPPER.readTree(line);
                    if (score.has("inputHeight")) {
                        lines.add(score);
                    }
                }
            }
        }
        return lines;
    }
}
