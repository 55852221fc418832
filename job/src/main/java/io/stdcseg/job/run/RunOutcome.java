// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Outcome of a run, in words: what its {@code summary.json} says.
 *
 * @param output the output folder
 * @param summary the file's content
 */
public record RunOutcome(Path output, JsonNode summary) {

    private static final int MOST_LINES = 10;

    /**
     * Reads what a job left.
     *
     * @throws IOException if it left nothing here
     */
    public static RunOutcome read(Path output) throws IOException {
        byte[] text = Files.readAllBytes(output.resolve("summary.json"));
        return new RunOutcome(output, new ObjectMapper().readTree(text));
    }

    /** One line of figures, a line for what was left out, of many for the first, and the video. */
    public String text() throws IOException {
        List<String> leftOut = leftOut();
        StringBuilder text = new StringBuilder(line());
        leftOut.stream().limit(MOST_LINES).forEach(line -> text.append('\n').append(line));
        if (leftOut.size() > MOST_LINES) {
            text.append("\nand ").append(leftOut.size() - MOST_LINES);
            text.append(" more, see summary.json");
        }
        List<Path> videos = videos();
        if (videos.size() == 1) {
            text.append("\nmasked video: ").append(videos.get(0));
        } else if (videos.size() > 1) {
            text.append("\nmasked videos: ").append(videos.size()).append(" in ").append(output);
        }
        return text.toString();
    }

    private List<Path> videos() throws IOException {
        List<Path> videos = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(output, "*.masked*.*")) {
            files.forEach(videos::add);
        }
        return videos;
    }

    private List<String> leftOut() {
        List<String> lines = new ArrayList<>();
        for (JsonNode stream : summary.get("streams")) {
            String name = stream.get("name").asText();
            if (!stream.get("error").isNull()) {
                lines.add("left out: " + name + ": " + stream.get("error").asText());
            }
            for (JsonNode picture : stream.get("skippedFrames")) {
                String which =
                        picture.get("name").isNull()
                                ? "picture " + picture.get("index").asLong()
                                : picture.get("name").asText();
                lines.add(
                        "left out: " + name + ", " + which + ": " + picture.get("reason").asText());
            }
        }
        return lines;
    }

    /** Frames, time, rate, latency and score in one line. */
    public String line() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d frames in %.1f s, %.1f frames/s",
                        summary.get("frames").asLong(),
                        summary.get("wallSeconds").asDouble(),
                        summary.get("framesPerSecond").asDouble()));
        JsonNode latency = summary.get("latencyMillis");
        if (!latency.isNull()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            ", latency %.1f ms end to end (p99 %.1f ms)",
                            latency.get("p50").asDouble(),
                            latency.get("p99").asDouble()));
        }
        JsonNode network = summary.path("networkMillis");
        if (network.isObject()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            ", %.1f ms in the network",
                            network.get("p50").asDouble()));
        }
        JsonNode scores = summary.get("scores");
        if (!scores.isNull()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            ", mIoU %.1f %% over %d labelled frames",
                            100 * scores.get("miou").asDouble(),
                            scores.get("frames").asLong()));
        }
        return text.toString();
    }
}
