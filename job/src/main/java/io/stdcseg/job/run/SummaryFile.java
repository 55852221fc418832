// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The {@code summary.json} that a job left. */
public record SummaryFile(JsonNode json) {

    private static final int MOST_LINES = 10;

    public static SummaryFile read(Path output) throws IOException {
        return new SummaryFile(
                new ObjectMapper().readTree(output.resolve("summary.json").toFile()));
    }

    /** The outcome in one line, then a line for what was left out, of many for the first. */
    public String text() {
        List<String> leftOut = leftOut();
        StringBuilder text = new StringBuilder(outcome());
        leftOut.stream().limit(MOST_LINES).forEach(line -> text.append('\n').append(line));
        if (leftOut.size() > MOST_LINES) {
            text.append("\nand ").append(leftOut.size() - MOST_LINES);
            text.append(" more, see summary.json");
        }
        return text.toString();
    }

    private List<String> leftOut() {
        List<String> lines = new ArrayList<>();
        for (JsonNode stream : json.get("streams")) {
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

    private String outcome() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d frames in %.1f s, %.1f frames/s",
                        json.get("frames").asLong(),
                        json.get("wallSeconds").asDouble(),
                        json.get("framesPerSecond").asDouble()));
        JsonNode latency = json.get("latencyMillis");
        if (!latency.isNull()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            ", latency %.1f ms (p99 %.1f ms)",
                            latency.get("p50").asDouble(),
                            latency.get("p99").asDouble()));
        }
        JsonNode scores = json.get("scores");
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
