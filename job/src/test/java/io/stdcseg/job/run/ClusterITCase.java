// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.job.run.LocalCluster.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar on a real cluster, again and again: natives must survive the class loader of the job that
 * used them first.
 */
class ClusterITCase {

    private static final Path CLIP = Path.of("../samples/street.mp4").toAbsolutePath().normalize();
    private static final int FRAMES = 8;

    /** Outlasts a run, so that the next one need not extract FFmpeg again. */
    private static final Path HOME = Path.of("target/cluster").toAbsolutePath();

    @TempDir Path folder;

    @Test
    void everySubmissionWorksAsTheFirstDid() throws Exception {
        try (LocalCluster cluster = new LocalCluster(HOME)) {
            Ended started = cluster.start(2, 1);
            assertThat(started.exitCode()).as(started.output()).isZero();
            assertThat(cluster.start(2, 1).output()).startsWith("Already running");

            for (int i = 1; i <= 3; i++) {
                Path output = folder.resolve("out" + i);
                Ended job =
                        cluster.script(
                                "flink",
                                "run",
                                "stdc-job.jar",
                                "--source",
                                CLIP.toString(),
                                "--output",
                                output.toString(),
                                "--max-frames",
                                String.valueOf(FRAMES));

                assertThat(job.exitCode()).as(job.output()).isZero();
                assertThat(output.resolve("street.masked.mp4")).isNotEmptyFile();
                JsonNode summary =
                        new ObjectMapper().readTree(output.resolve("summary.json").toFile());
                assertThat(summary.get("frames").asLong()).isEqualTo(FRAMES);
            }

            JsonNode overview = new ObjectMapper().readTree(cluster.get("/overview"));
            assertThat(overview.get("jobs-finished").asInt()).isEqualTo(3);
            assertThat(overview.get("taskmanagers").asInt()).isEqualTo(2);
            assertThat(cluster.script("cluster", "stop").exitCode()).isZero();
            assertThat(cluster.script("cluster", "status").exitCode()).isEqualTo(1);
        }
    }

    @Test
    void startBringsBackWhatIsLost() throws Exception {
        try (LocalCluster cluster = new LocalCluster(HOME)) {
            Ended started = cluster.start(2, 1, "--ha");
            assertThat(started.exitCode()).as(started.output()).isZero();
            assertThat(started.output()).contains("ZooKeeper");
            ProcessHandle other = cluster.process("taskmanager-2").orElseThrow();
            cluster.kill("jobmanager");
            cluster.kill("taskmanager-1");

            Ended back = cluster.script("cluster", "start");

            assertThat(back.exitCode()).as(back.output()).isZero();
            assertThat(back.output()).startsWith("Bringing back jobmanager taskmanager-1.\n");
            assertThat(cluster.process("taskmanager-1")).isPresent();
            assertThat(cluster.process("taskmanager-2")).contains(other);
            JsonNode overview = new ObjectMapper().readTree(cluster.get("/overview"));
            assertThat(overview.get("slots-total").asInt()).isEqualTo(2);
        }
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        try (LocalCluster cluster = new LocalCluster(HOME)) {
            assertThat(cluster.start(0, 1))
                    .isEqualTo(
                            new Ended(
                                    2,
                                    "cluster: --taskmanagers 0: a whole number from 1 up is"
                                            + " allowed\n"));
            assertThat(cluster.script("flink", "run", "stdc-job.jar"))
                    .isEqualTo(
                            new Ended(
                                    1,
                                    "flink: no cluster is running; start one with scripts/cluster"
                                            + " start\n"));
            assertThat(cluster.script("install-flink-lib", folder.toString()))
                    .isEqualTo(
                            new Ended(
                                    1,
                                    "install-flink-lib: "
                                            + folder
                                            + " is no Flink home: no flink-dist-2.x.jar in its lib"
                                            + " folder\n"));
        }
    }
}
