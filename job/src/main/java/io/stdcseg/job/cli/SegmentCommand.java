// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.process.ClassArchive;
import io.stdcseg.job.run.RunEnd;
import io.stdcseg.job.run.SegmentJob;
import io.stdcseg.job.run.SegmentRun;
import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;

/** {@code segment}: the main job, on a Flink cluster inside this JVM. */
final class SegmentCommand implements Command {

    private static final int MOST_LINES = 10;

    @Override
    public String name() {
        return "segment";
    }

    @Override
    public String description() {
        return SegmentJob.DESCRIPTION;
    }

    @Override
    public List<CliOption<?>> options() {
        return SegmentOptions.ALL;
    }

    @Override
    public void run(Configuration options, PrintStream out) throws Exception {
        SegmentSettings settings = SegmentSettings.of(options);
        RunEnd end = SegmentRun.run(settings);
        out.println(text(end.kind(), StorePaths.path(settings.output())));
        if (end.exitCode() != 0) {
            throw new Interruption(end.exitCode());
        }
        ClassArchive.writeIfDue();
    }

    private static String text(RunEnd.Kind end, Path output) throws IOException {
        return switch (end) {
            case COMPLETE -> text(summary(output));
            case NOTHING_TO_DO -> output + " is complete: " + outcome(summary(output));
            case PUBLISHED ->
                    "interrupted: "
                            + outcome(summary(output))
                            + "; "
                            + output
                            + " holds what was done, the same command with --resume goes on";
            case KEPT ->
                    "interrupted; the same command with --resume goes on from the last checkpoint"
                            + " in "
                            + output;
            case NOTHING_DONE -> "interrupted before there was anything to keep";
        };
    }

    /** The {@code summary.json} that a job left. */
    static JsonNode summary(Path output) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(output.resolve("summary.json")));
    }

    /** The outcome in one line, then a line for what was left out, of many for the first. */
    private static String text(JsonNode summary) {
        List<String> leftOut = leftOut(summary);
        StringBuilder text = new StringBuilder(outcome(summary));
        leftOut.stream().limit(MOST_LINES).forEach(line -> text.append('\n').append(line));
        if (leftOut.size() > MOST_LINES) {
            text.append("\nand ").append(leftOut.size() - MOST_LINES);
            text.append(" more, see summary.json");
        }
        return text.toString();
    }

    private static List<String> leftOut(JsonNode summary) {
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

    private static String outcome(JsonNode summary) {
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
