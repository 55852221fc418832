// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.testing.SharedData;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts as users run them, each process with Flink's plugin for S3. */
class S3ClusterITCase {

    private static final Path ROOT = SharedData.projectRoot();

    @TempDir private Path folder;
    private S3Server server;

    @BeforeEach
    void start() throws Exception {
        server = new S3Server();
        server.put("clips/street.mp4", ROOT.resolve("samples/street.mp4"));
        server.put("labels", ROOT.resolve("samples/labels"));
        server.put("own.safetensors", ROOT.resolve("samples/weights/default.safetensors"));
    }

    @AfterEach
    void stop() throws Exception {
        script("cluster", "stop");
        server.close();
    }

    @Test
    void clusterReadsFromS3() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> start = new ArrayList<>(List.of("start", "--taskmanagers", "1"));
        start.addAll(List.of("--slots", "1", "--port", String.valueOf(port)));
        server.settings().forEach((key, value) -> start.addAll(List.of("-D", key + "=" + value)));
        script("cluster", start.toArray(String[]::new));
        script(
                "flink",
                "run",
                "stdc-job.jar",
                "--source",
                S3Server.uri("clips/*.mp4"),
                "--labels",
                S3Server.uri("labels"),
                "--weights",
                S3Server.uri("own.safetensors"),
                "--max-frames",
                "8",
                "--output",
                folder.resolve("out").toString());

        JsonNode summary = new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
        assertThat(summary.get("frames").asInt()).isEqualTo(8);
        assertThat(summary.get("scores").get("frames").asInt()).isEqualTo(8);
        assertThat(folder.resolve("out/street.masked.mp4")).isNotEmptyFile();
    }

    private void script(String name, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve("scripts").resolve(name).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STDC_CLUSTER_HOME", folder.resolve("cluster").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
