// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The {@code summary.json} that a job left. */
record SummaryFile(JsonNode json) {

    static SummaryFile read(Path output) throws IOException {
        return new SummaryFile(
                new ObjectMapper().readTree(output.resolve("summary.json").toFile()));
    }

    /** The outcome in one line. */
    String text() {
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
