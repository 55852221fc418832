// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparePageTest {

    private static final String SCORES =
            "{\"frames\":1,\"miou\":0.5,\"iou\":{\"road\":0.5},\"confusion\":[[3]]}";

    @TempDir private Path folder;

    @Test
    void readsRunsWithTheirCurves() throws IOException {
        Path a = run("a", SCORES);
        lines(a, "scores", 0, window("street", 2, 0.5), window("*", 1_700_000_000, 0.1));
        lines(a, "scores", 1, window("street", 3, 0.75), window("gate", 1_700_000_000, 0.1));
        lines(a, "throughput", 0, speed(1_700_000_010, 4), speed(1_700_000_011, 5));
        Path b = run("b", "null");
        lines(b, "scores", 0, window("corner", 1, 0.5));

        JsonNode data =
                new ObjectMapper()
                        .valueToTree(
                                ComparePage.data(
                                        RunResult.read("first", a), RunResult.read("other", b)));

        assertThat(data.at("/a/name").asText()).isEqualTo("first");
        assertThat(data.at("/a/scores/miou").asDouble()).isEqualTo(0.5);
        assertThat(data.at("/b/scores").isNull()).isTrue();
        assertThat(data.at("/b/summary/frames").asInt()).isEqualTo(7);
        assertThat(data.get("rolling").findValuesAsText("name"))
                .containsExactly("A street", "B corner");
        assertThat(data.at("/rolling/0/points")).hasToString("[[2.0,0.5],[3.0,0.75]]");
        assertThat(data.at("/throughput/0/points")).hasToString("[[0.0,4.0],[1.0,5.0]]");
    }

    @Test
    void readsTheScoresOfEvaluations() throws IOException {
        Path file = Files.writeString(folder.resolve("scores.json"), SCORES);

        RunResult result = RunResult.read("scores", file);

        assertThat(result.classes()).containsExactly("road");
        assertThat(result.summary()).isNull();
        assertThat(ComparePage.of(result, result)).contains("\"summary\":null");
    }

    @Test
    void onlyScoresOfTheSameClassesAreCompared() throws IOException {
        RunResult road = RunResult.read("a", run("a", SCORES));
        RunResult sky = RunResult.read("b", run("b", SCORES.replace("road", "sky")));

        assertThatThrownBy(() -> ComparePage.of(road, sky))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "'a' scores the classes [road], 'b' [sky]; only scores of the same classes"
                                + " are compared");
    }

    @Test
    void whatIsNeitherIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no JSON");
        Path other = Files.writeString(folder.resolve("other.json"), "{}");

        assertRefused(text, "'x' is no JSON");
        assertRefused(other, "'x' has no scores");
        assertRefused(folder, "'x' holds no summary.json");
        assertRefused(folder.resolve("none"), "'x' does not exist");
    }

    private static void assertRefused(Path path, String why) {
        assertThatThrownBy(() -> RunResult.read("x", path))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        why
                                + "; allowed are an output folder of segment and a file of"
                                + " evaluate --json");
    }

    private Path run(String name, String scores) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(
                run.resolve("summary.json"),
                "{\"frames\":7,\"streams\":[{\"name\":\"street\"},{\"name\":\"gate\",\"decoded\":1}"
                        + "],\"scores\":"
                        + scores
                        + "}");
        return run;
    }

    private static void lines(Path run, String kind, int number, String... lines)
            throws IOException {
        Path file = run.resolve(kind).resolve(kind + "-00000" + number + "-0123abcd.jsonl");
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static String window(String stream, long end, double miou) {
        return "{\"stream\":\"" + stream + "\",\"windowEnd\":" + end + ",\"miou\":" + miou + "}";
    }

    private static String speed(long end, int frames) {
        return "{\"windowEnd\":" + end + ",\"framesPerSecond\":" + frames + "}";
    }
}
