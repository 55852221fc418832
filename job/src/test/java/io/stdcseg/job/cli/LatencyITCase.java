// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small networks, timed for a second. */
class LatencyITCase {

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"torchscript, pytorch", "pytorch, pytorch", "eager, eager"})
    void timesTheNetworkAloneAndWithIo(String name, String engine) throws IOException {
        JsonNode json =
                latency("--engine", name, "--input", "64x96", "--batch", "2", "--device", "cpu");

        assertThat(json.get("model").asText()).isEqualTo("stdc1-camvid");
        assertThat(json.get("input").asText()).isEqualTo("64x96");
        assertThat(json.get("picture").asText()).isEqualTo("64x96");
        assertThat(json.get("batch").asInt()).isEqualTo(2);
        assertThat(json.get("precision").asText()).isIn("fp32", "bf16", "int8");
        assertThat(json.get("device").asText()).isEqualTo("cpu");
        assertThat(json.get("engine").asText()).isEqualTo(engine);
        assertThat(json.get("threads").asInt()).isPositive();
        assertThat(json.get("calls").asInt()).isEqualTo(1);
        assertThat(json.get("cores").asInt()).isPositive();
        assertTimes(json.get("modelOnly"));
        assertTimes(json.get("withIo"));
        assertThat(stdc.out())
                .startsWith("stdc1-camvid: " + engine)
                .contains("model only", "with I/O", "frames/s", "p99 ms", "cpu ms");
    }

    @Test
    void aModelWithoutFileIsThatOfTheProjectsWeights() throws IOException {
        JsonNode json = latency("--model", "stdc1-seg75", "--input", "64x96");

        assertThat(json.get("model").asText()).isEqualTo("stdc1-camvid");
        assertThat(json.get("picture").asText()).isEqualTo("64x96");
        assertThat(stdc.out()).startsWith("stdc1-camvid: ");
    }

    @Test
    void aModelIsTimedWithInitialWeightsIfAsked() throws IOException {
        JsonNode json =
                latency(
                        "--initial",
                        "--model",
                        "stdc2-seg75",
                        "--picture",
                        "48x96",
                        "--calls",
                        "2");

        assertThat(json.get("model").asText()).isEqualTo("stdc2-seg75");
        assertThat(json.get("input").asText()).isEqualTo("36x72");
        assertThat(json.get("calls").asInt()).isEqualTo(2);
        assertTimes(json.get("modelOnly"));
        assertThat(stdc.out()).startsWith("stdc2-seg75 with initial weights: ");
    }

    @Test
    void anArchiveIsTimedAsAWhole() throws IOException {
        String archive = folder.resolve("network.pt").toString();
        assertThat(stdc.run("export", "--format", "torchscript", "--output", archive)).isZero();

        JsonNode json = latency("--weights", archive, "--picture", "64x96");

        assertThat(json.get("modelOnly").isNull()).isTrue();
        assertTimes(json.get("withIo"));
    }

    @Test
    void anArchiveIsNotForTheEagerEngine() {
        String archive = folder.resolve("network.pt").toString();
        assertThat(stdc.run("export", "--format", "torchscript", "--output", archive)).isZero();

        assertThat(stdc.run("latency", "--weights", archive, "--engine", "eager")).isEqualTo(2);

        assertThat(stdc.err()).contains("network.pt are TorchScript").hasLineCount(1);
    }

    private JsonNode latency(String... options) throws IOException {
        Path file = folder.resolve("latency.json");
        List<String> args = new ArrayList<>(List.of("latency", "--seconds", "1"));
        args.addAll(List.of("--json", file.toString()));
        args.addAll(List.of(options));
        assertThat(stdc.run(args.toArray(String[]::new))).as(stdc.err()).isZero();
        return new ObjectMapper().readTree(file.toFile());
    }

    private static void assertTimes(JsonNode timing) {
        assertThat(timing.get("framesPerSecond").asDouble()).isPositive();
        assertThat(timing.get("p50").asDouble()).isPositive();
        assertThat(timing.get("p95").asDouble())
                .isGreaterThanOrEqualTo(timing.get("p50").asDouble());
        assertThat(timing.get("p99").asDouble())
                .isGreaterThanOrEqualTo(timing.get("p95").asDouble());
        assertThat(timing.get("processorMillis").asDouble()).isPositive();
    }
}
