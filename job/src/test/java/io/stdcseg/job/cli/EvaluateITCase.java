// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.testing.SharedData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published checkpoint scores as its own code says it does. */
class EvaluateITCase {

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    @Test
    void theRealCheckpointScoresAsPublished() throws Exception {
        Path weights = SharedData.require("reference/stdc1_camvid.pth");
        Path camvid = SharedData.require("camvid/val");
        ObjectMapper mapper = new ObjectMapper();
        JsonNode published =
                mapper.readTree(SharedData.require("reference/stdc1_camvid.json").toFile());
        Path json = folder.resolve("scores.json");

        int code =
                stdc.run(
                        "evaluate",
                        "--weights",
                        weights.toString(),
                        "--images",
                        camvid.resolve("images").toString(),
                        "--labels",
                        camvid.resolve("labels").toString(),
                        "--scales",
                        "0.5",
                        "--json",
                        json.toString(),
                        "--report",
                        folder.resolve("report.html").toString());

        assertThat(code).as(stdc.err()).isZero();
        JsonNode scores = mapper.readTree(json.toFile());
        JsonNode expected = published.get("scales").get("0.5");
        assertThat(scores.get("frames").asInt()).isEqualTo(expected.get("frames").asInt());
        assertThat(scores.get("miou").asDouble())
                .isCloseTo(expected.get("miou").asDouble(), within(0.001));
        assertThat(scores.get("pixelAccuracy").asDouble())
                .isCloseTo(expected.get("pixelAccuracy").asDouble(), within(0.001));
        assertThat(scores.get("confusion")).hasSize(11);
        assertThat(scores.get("expectedCalibrationError").asDouble()).isBetween(0.05, 0.2);
        assertThat(stdc.out()).contains(", calibration error ");
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("\"confusion\":[[", "\"pedestrian\"");
    }
}
