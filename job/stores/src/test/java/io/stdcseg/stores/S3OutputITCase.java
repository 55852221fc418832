// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.stores;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes out lies on an S3 server, which has neither renames nor locks nor folders: as on a
 * disk, also where processes are killed. All processes are those of the scripts.
 */
class S3OutputITCase {

    private static final Path ROOT = SharedData.projectRoot();
    private static final int FRAMES = 60;
    private static final int KEPT = 3;
    private static final Path SAMPLES = ROOT.resolve("samples");

    @TempDir private static Path local;
    @TempDir private Path folder;
    private S3Server server;

    /** What a disk gives, undisturbed. */
    @BeforeAll
    static void reference() throws Exception {
        finish(begin(local, "stdc", segment(local.toString())));
    }

    @BeforeEach
    void start() throws Exception {
        server = new S3Server();
    }

    @AfterEach
    void stop() throws Exception {
        script("cluster", "stop");
        server.close();
    }

    /** Killed once with SIGKILL, as by the kernel that has no more memory, and gone on with. */
    @Test
    void aRunThatWasKilledGoesOnInItsBucket() throws Exception {
        configure();

        String[] stored = segment(S3Server.uri("out"));
        Process killed = begin(folder, "stdc", stored);
        await(() -> masks() >= 8, killed);
        killed.descendants().forEach(ProcessHandle::destroyForcibly);
        killed.destroyForcibly().waitFor();
        assertThat(server.keys()).anyMatch(key -> key.startsWith("out/.resume-"));

        List<String> again = new ArrayList<>(List.of(stored));
        again.add("--resume");
        script("stdc", again.toArray(String[]::new));

        assertThat(whole("out")).isEqualTo(FRAMES);
        requireSame();
        String complete = script("stdc", again.toArray(String[]::new));
        assertThat(complete).contains("s3://bucket/out is complete: " + FRAMES + " frames");
    }

    /** On a cluster that finds nothing but its jars on a disk. */
    @Test
    void aTaskManagerIsLost() throws Exception {
        server.put("clips/street.mp4", SAMPLES.resolve("street.mp4"));
        server.put("labels", SAMPLES.resolve("labels"));
        server.put("own.safetensors", SAMPLES.resolve("weights/default.safetensors"));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> start = new ArrayList<>(List.of("start", "--taskmanagers", "2"));
        start.addAll(List.of("--slots", "1", "--port", String.valueOf(port)));
        server.settings().forEach((key, value) -> start.addAll(List.of("-D", key + "=" + value)));
        start.addAll(List.of("-D", "heartbeat.timeout=5000", "-D", "heartbeat.interval=1000"));
        script("cluster", start.toArray(String[]::new));

        List<String> run = new ArrayList<>(List.of("run", "stdc-job.jar"));
        run.addAll(options(S3Server.uri("clips/*.mp4"), S3Server.uri("labels")));
        run.addAll(List.of("--weights", S3Server.uri("own.safetensors")));
        run.addAll(List.of("--output", S3Server.uri("out")));
        Process client = begin(folder, "flink", run.toArray(String[]::new));
        await(() -> masks() >= 8, client);
        long pid = Long.parseLong(script("cluster", "pids", "taskmanager-1").strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        script("cluster", "start");
        finish(client);

        assertThat(whole("out")).isEqualTo(FRAMES);
        requireSame();
    }

    private static String[] segment(String output) {
        List<String> all = new ArrayList<>(List.of("segment", "--output", output));
        all.addAll(
                options(
                        SAMPLES.resolve("street.mp4").toString(),
                        SAMPLES.resolve("labels").toString()));
        return all.toArray(String[]::new);
    }

    private static List<String> options(String source, String labels) {
        List<String> all = new ArrayList<>(List.of("--source", source, "--labels", labels));
        all.addAll(List.of("--write", "video,masks,scores,throughput,report"));
        all.addAll(List.of("--height", "96", "--video-height", "96"));
        all.addAll(List.of("--keep-frames", String.valueOf(KEPT)));
        all.addAll(List.of("--checkpoint-interval", "1s"));
        all.addAll(List.of("--max-frames", String.valueOf(FRAMES)));
        return all;
    }

    private long masks() {
        return server.keys().stream().filter(key -> key.matches("out/masks/.*\\.png")).count();
    }

    /** Gets what came out: its frames, of which none is missing. */
    private int whole(String key) throws IOException {
        assertThat(server.keys()).noneMatch(name -> name.contains("/."));
        server.get(key, folder.resolve("stored"));
        assertThat(folder.resolve("stored/report.html")).isNotEmptyFile();
        return summary(folder.resolve("stored")).get("frames").asInt();
    }

    private void requireSame() throws IOException {
        Path stored = folder.resolve("stored");
        assertThat(times(stored)).hasSize(FRAMES).isEqualTo(times(local));
        assertThat(files(stored, "masks")).hasSize(FRAMES).isEqualTo(files(local, "masks"));
        for (String kept : List.of("frames/images", "frames/labels")) {
            assertThat(files(stored, kept)).hasSize(KEPT).isEqualTo(files(local, kept));
        }
        assertThat(lines(stored)).isNotEmpty().isEqualTo(lines(local));
        assertThat(summary(stored).get("scores")).isEqualTo(summary(local).get("scores"));
    }

    private static JsonNode summary(Path output) throws IOException {
        return new ObjectMapper().readTree(output.resolve("summary.json").toFile());
    }

    private static List<Long> times(Path output) {
        List<Long> times = new ArrayList<>();
        try (VideoDecoder video = VideoDecoder.open("v", output.resolve("street.masked.mp4"))) {
            while (video.advance()) {
                times.add(video.pts());
            }
        }
        return times;
    }

    /** Lines of scores of the stream, by their windows, whichever files they stand in. */
    private static List<String> lines(Path output) throws IOException {
        List<String> all = new ArrayList<>();
        for (String file : files(output, "scores").values()) {
            file.lines().filter(line -> line.contains("\"street\"")).forEach(all::add);
        }
        return all.stream().sorted().toList();
    }

    /** Files by their names, as texts: they compare and print well. */
    private static Map<String, String> files(Path output, String below) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(output.resolve(below))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), ISO_8859_1));
            }
        }
        return found;
    }

    /** Lets the launcher know the server, as users let Flink know theirs. */
    private void configure() throws IOException {
        List<String> lines = new ArrayList<>();
        server.settings().forEach((key, value) -> lines.add(key + ": " + value));
        Files.write(Files.createDirectories(folder.resolve("conf")).resolve("config.yaml"), lines);
    }

    private static void await(BooleanSupplier condition, Process process) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.getAsBoolean()) {
            if (!process.isAlive()) {
                fail(new String(process.getInputStream().readAllBytes(), UTF_8));
            }
            assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    private static Process begin(Path home, String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve("scripts").resolve(name).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STDC_CLUSTER_HOME", home.resolve("cluster").toString());
        if (Files.isDirectory(home.resolve("conf"))) {
            builder.environment().put("FLINK_CONF_DIR", home.resolve("conf").toString());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static String finish(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private String script(String name, String... arguments) throws Exception {
        return finish(begin(folder, name, arguments));
    }
}
