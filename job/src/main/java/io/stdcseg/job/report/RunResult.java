// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.error.InputException;
import io.stdcseg.function.score.OverallScoreFunction;
import io.stdcseg.job.output.OutputFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a run of {@code segment}, or an evaluation, left to be compared.
 *
 * @param name as it was given
 * @param summary what {@code summary.json} holds; null of an evaluation's scores alone
 * @param scores null where nothing was labelled
 * @param rolling mIoU by stream, in stream time
 * @param throughput frames per second, in seconds since the first window's end
 */
public record RunResult(
        String name,
        JsonNode summary,
        JsonNode scores,
        CurveHistory rolling,
        CurveHistory throughput) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Reads an output folder of {@code segment}, or a file that {@code evaluate --json} wrote.
     *
     * @param name what the user calls it
     * @throws InputException if it is neither
     */
    public static RunResult read(String name, Path path) {
        try {
            return Files.isDirectory(path) ? readFolder(name, path) : readScores(name, path);
        } catch (JsonProcessingException e) {
            throw neither(name, "is no JSON", e);
        } catch (IOException e) {
            throw neither(name, Files.exists(path) ? "cannot be read" : "does not exist", e);
        }
    }

    private static RunResult readFolder(String name, Path path) throws IOException {
        OutputFolder folder = OutputFolder.of(path);
        if (!Files.exists(folder.summary())) {
            throw neither(name, "holds no summary.json", null);
        }
        JsonNode summary = MAPPER.readTree(Files.readAllBytes(folder.summary()));
        CurveHistory rolling = new CurveHistory();
        Set<String> byTheClock = streamsByTheClock(summary);
        readLines(
                folder.scores().all(),
                window -> {
                    String stream = window.path("stream").asText();
                    if (!byTheClock.contains(stream)) {
                        add(rolling, stream, window, "miou", 0);
                    }
                });
        CurveHistory throughput = new CurveHistory();
        double[] start = {Double.NaN};
        readLines(
                folder.throughput().all(),
                window -> {
                    double end = window.path("windowEnd").asDouble();
                    start[0] = Double.isNaN(start[0]) ? end : start[0];
                    add(throughput, "", window, "framesPerSecond", start[0]);
                });
        JsonNode scores = summary.path("scores");
        return new RunResult(name, summary, scores.isObject() ? scores : null, rolling, throughput);
    }

    private static RunResult readScores(String name, Path path) throws IOException {
        JsonNode scores = MAPPER.readTree(Files.readAllBytes(path));
        if (!scores.path("iou").isObject() || !scores.path("confusion").isArray()) {
            throw neither(name, "has no scores", null);
        }
        return new RunResult(name, null, scores, new CurveHistory(), new CurveHistory());
    }

    private static Set<String> streamsByTheClock(JsonNode summary) {
        Set<String> names = new HashSet<>(Set.of(OverallScoreFunction.ALL_STREAMS));
        for (JsonNode stream : summary.path("streams")) {
            if (stream.has("decoded")) {
                names.add(stream.path("name").asText());
            }
        }
        return names;
    }

    private static void readLines(List<Path> files, Consumer<JsonNode> window) throws IOException {
        for (Path file : files.stream().sorted().toList()) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    window.accept(MAPPER.readTree(line));
                }
            }
        }
    }

    private static void add(
            CurveHistory history, String name, JsonNode window, String key, double origin) {
        double end = window.path("windowEnd").asDouble() - origin;
        history.add(name, end, window.path(key).asDouble(Double.NaN));
    }

    private static InputException neither(String name, String why, Exception cause) {
        return new InputException(
                "'"
                        + name
                        + "' "
                        + why
                        + "; allowed are an output folder of segment and a file of evaluate"
                        + " --json",
                cause);
    }

    /** Names of the classes that were scored; none without scores. */
    List<String> classes() {
        List<String> names = new ArrayList<>();
        if (scores != null) {
            scores.get("iou").fieldNames().forEachRemaining(names::add);
        }
        return names;
    }
}
