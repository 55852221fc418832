// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.job.run.LocalCluster.Ended;
import io.stdcseg.testing.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A camera's password, token and options on a real cluster: nothing that people read shows them.
 */
class CredentialsITCase {

    private static final String SECRET = "geheim-7f3a";
    private static final Path HOME = Path.of("target/cluster").toAbsolutePath();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private Path folder;

    @Test
    void areNotInLogsAnswersOrOutputs() throws Exception {
        try (LocalCluster cluster = new LocalCluster(HOME);
                WebServer web = new WebServer()) {
            assertThat(cluster.start(1, 1).exitCode()).isZero();
            Ended done = segment(cluster, web.address("/camera.mjpg?token=" + SECRET));
            assertThat(done.exitCode()).as(done.output()).isZero();

            assertThat(done.output()).doesNotContain(SECRET);
            assertThatAnswersAreSilent(cluster);
            assertThatFilesAreSilent(HOME.resolve("log"));
            assertThatFilesAreSilent(folder);
        }
    }

    private Ended segment(LocalCluster cluster, String camera) throws Exception {
        return cluster.script(
                "flink",
                "run",
                "stdc-job.jar",
                "--source",
                camera.replace("http://", "http://me:" + SECRET + "@"),
                "--source-option",
                "headers=Authorization: Bearer " + SECRET,
                "--max-frames",
                "30",
                "--write",
                "video,hls,scores,throughput,report",
                "--height",
                "64",
                "--output",
                folder.resolve("out").toString());
    }

    /** Whatever the web UI asks for. */
    private static void assertThatAnswersAreSilent(LocalCluster cluster) throws Exception {
        silent(cluster, "/jobmanager", "/config", "/environment", "/metrics", "/log", "/stdout");
        for (JsonNode worker : list(cluster, "/taskmanagers", "taskmanagers")) {
            silent(
                    cluster,
                    "/taskmanagers/" + worker.get("id").asText(),
                    "",
                    "/metrics",
                    "/log",
                    "/stdout");
        }
        List<JsonNode> jobs = list(cluster, "/jobs/overview", "jobs");
        assertThat(jobs).hasSize(1);
        for (JsonNode job : jobs) {
            String path = "/jobs/" + job.get("jid").asText();
            silent(
                    cluster,
                    path,
                    "",
                    "/config",
                    "/exceptions",
                    "/plan",
                    "/checkpoints",
                    "/checkpoints/config",
                    "/accumulators",
                    "/metrics");
            for (JsonNode vertex : list(cluster, path, "vertices")) {
                silent(
                        cluster,
                        path + "/vertices/" + vertex.get("id").asText(),
                        "",
                        "/accumulators",
                        "/metrics",
                        "/subtasks/accumulators");
            }
        }
    }

    private static List<JsonNode> list(LocalCluster cluster, String path, String field)
            throws Exception {
        return MAPPER.readerForListOf(JsonNode.class)
                .readValue(MAPPER.readTree(cluster.get(path)).get(field));
    }

    private static void silent(LocalCluster cluster, String path, String... more) throws Exception {
        for (String end : more) {
            assertThat(cluster.get(path + end)).as(path + end).doesNotContain(SECRET);
        }
    }

    private static void assertThatFilesAreSilent(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString()).doesNotContain(SECRET);
                assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(SECRET);
            }
        }
    }
}
