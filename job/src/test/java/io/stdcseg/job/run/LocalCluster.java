// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The cluster of {@code scripts/cluster}: processes of their own, on a free port, in a folder of
 * its own, so that a cluster the developer runs is left alone.
 */
final class LocalCluster implements AutoCloseable {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Path home;
    private final int port;

    /** What a script printed, standard error included, and how it ended. */
    record Ended(int exitCode, String output) {}

    LocalCluster(Path home) throws IOException {
        this.home = home;
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
    }

    Ended start(int taskManagers, int slots, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.add("start");
        arguments.addAll(List.of("--taskmanagers", String.valueOf(taskManagers)));
        arguments.addAll(List.of("--slots", String.valueOf(slots)));
        arguments.addAll(List.of("--port", String.valueOf(port)));
        arguments.addAll(List.of(more));
        return script("cluster", arguments.toArray(String[]::new));
    }

    /** Kills the process that has a role, and waits for its end. */
    void kill(String role) throws IOException, InterruptedException {
        ProcessHandle process = process(role).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** The process that has a role; empty if none has it. */
    Optional<ProcessHandle> process(String role) throws IOException, InterruptedException {
        String pid = script("cluster", "pids", role).output().strip();
        return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
    }

    /** Runs a script to its end, at most two minutes. */
    Ended script(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve("scripts").resolve(name).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STDC_CLUSTER_HOME", home.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(output).isTrue();
        return new Ended(process.exitValue(), output);
    }

    /** An answer of the cluster's REST interface. */
    String get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        script("cluster", "stop");
    }
}
