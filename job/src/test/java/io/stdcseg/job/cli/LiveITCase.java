// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.testing.LiveServer;
import io.stdcseg.testing.LiveServer.Part;
import io.stdcseg.testing.WebServer;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job on live streams, from servers that go and come back. */
@Timeout(180)
class LiveITCase {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path output;

    @Test
    void segmentsTwoStreamsOfWhichOneComesBack() throws Exception {
        byte[] small = LiveServer.transportStream(64, 48, 15, 0);
        byte[] again = LiveServer.transportStream(64, 48, 1000, 0);
        try (WebServer web = new WebServer();
                LiveServer server = LiveServer.start(new Part(small, 0.6), new Part(again, 40))) {
            String camera = web.address("/camera.mjpg?token=geheim&channel=1");
            int code =
                    stdc.run(
                            "segment",
                            "--source",
                            camera.replace("http://", "http://me:geheim@"),
                            "--source",
                            server.address(),
                            "--max-frames",
                            "30",
                            "--height",
                            "64",
                            "--live-lag",
                            "500ms",
                            "--output",
                            output.toString());
            assertThat(code).as(stdc.err()).isZero();
            assertThat(server.connections()).isGreaterThan(1);
        }

        JsonNode summary = MAPPER.readTree(output.resolve("summary.json").toFile());
        assertThat(summary.get("interrupted").asBoolean()).isFalse();
        assertThat(summary.get("streams")).hasSize(2);
        for (JsonNode stream : summary.get("streams")) {
            assertThat(stream.get("frames").asLong()).isEqualTo(30);
            assertThat(stream.get("decoded").asLong())
                    .isEqualTo(
                            stream.get("frames").asLong()
                                    + stream.get("dropped").asLong()
                                    + stream.get("skipped").asLong());
            assertThat(stream.get("lagSeconds").asDouble()).isLessThanOrEqualTo(0.5);
        }
        assertThat(stdc.err() + stdc.out()).doesNotContain("geheim");
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.toList()) {
                assertThat(file.toString()).doesNotContain("geheim");
                assertThat(text(file)).as(file.toString()).doesNotContain("geheim");
            }
        }
        String name = summary.get("streams").get(0).get("name").asText();
        assertThat(times(output.resolve(name + ".masked.mp4"))).hasSize(30);
    }

    private static String text(Path file) throws IOException {
        return Files.isRegularFile(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                : "";
    }

    private static List<Long> times(Path file) {
        try (VideoDecoder video = VideoDecoder.open("live", file)) {
            Stream.Builder<Long> times = Stream.builder();
            while (video.advance()) {
                times.add(video.pts());
            }
            return times.build().toList();
        }
    }
}
