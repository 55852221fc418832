// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.job.run.LocalCluster.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar on a real cluster, again and again: natives must survive the class loader of the job that
 * used them first.
 */
class ClusterITCase {

    private static final Path CLIP = Path.of("../samples/street.mp4").toAbsolutePath().normalize();
    private static final int FRAMES = 8;
    private static final int CLIP_FRAMES = 150;
    private static final int SOURCES = 5;

    /** Outlasts a run, so that the next one need not extract FFmpeg again. */
    private static final Path HOME = Path.of("target/cluster").toAbsolutePath();

    @TempDir Path folder;

    @Test
    void everySubmissionWorksAsTheFirstDid() throws Exception {
        try (LocalCluster cluster = new LocalCluster(HOME)) {
            Ended started = cluster.start(2, 1, "--metrics");
            assertThat(started.exitCode()).as(started.output()).isZero();
            assertThat(started.output())
                    .containsPattern("Metrics( +http://127\\.0\\.0\\.1:\\d+/metrics){3}\\n");
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
                Path video = output.resolve("street.masked.mp4");
                assertThat(video).isNotEmptyFile();
                assertThat(job.output())
                        .containsPattern(
                                "(?m)^" + FRAMES + " frames in [0-9.]+ s, [0-9.]+ frames/s")
                        .endsWith("masked video: " + video + "\n");
                JsonNode summary =
                        new ObjectMapper().readTree(output.resolve("summary.json").toFile());
                assertThat(summary.get("frames").asLong()).isEqualTo(FRAMES);
            }

            assertWhatTheWebUiShows(cluster);
            JsonNode overview = new ObjectMapper().readTree(cluster.get("/overview"));
            assertThat(overview.get("jobs-finished").asInt()).isEqualTo(3);
            assertThat(overview.get("jobs-failed").asInt()).isEqualTo(1);
            assertThat(overview.get("taskmanagers").asInt()).isEqualTo(2);
            assertThat(cluster.script("cluster", "stop").exitCode()).isZero();
            assertThat(cluster.script("cluster", "status").exitCode()).isEqualTo(1);
        }
    }

    /** Of a job that fails: its options without a password, and the one line that ended it. */
    private void assertWhatTheWebUiShows(LocalCluster cluster) throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.mp4"), "x");
        Ended failed =
                cluster.script(
                        "flink",
                        "run",
                        "stdc-job.jar",
                        "--source",
                        broken.toString(),
                        "--output",
                        folder.resolve("out4").toString());
        assertThat(failed.exitCode()).isNotZero();

        String job = found("JobID ([0-9a-f]{32})", failed);
        ObjectMapper mapper = new ObjectMapper();
        JsonNode shown =
                mapper.readTree(cluster.get("/jobs/" + job + "/config"))
                        .at("/execution-config/user-config");
        assertThat(shown.get("source").asText()).isEqualTo(broken.toString());
        assertThat(shown.get("weights.sha256").asText()).matches("[0-9a-f]{64}");
        JsonNode newest =
                mapper.readTree(cluster.get("/jobs/" + job + "/exceptions"))
                        .at("/exceptionHistory/entries/0");
        assertThat(newest.at("/failureLabels/cause").asText())
                .startsWith("video " + broken + " cannot be read: not a video");
    }

    /** A plan, a second job and a job that goes on leave alone what a new one replaces. */
    @Test
    void onlyAJobThatStartsAnewTouchesWhatLiesThere() throws Exception {
        Path output = Files.createDirectories(folder.resolve("out"));
        Path summary = Files.writeString(output.resolve("summary.json"), "earlier");
        try (LocalCluster cluster = new LocalCluster(HOME)) {
            Ended started = cluster.start(1, 2);
            assertThat(started.exitCode()).as(started.output()).isZero();

            Ended plan = flink(cluster, output, List.of("info"));
            assertThat(plan.exitCode()).as(plan.output()).isZero();
            assertThat(summary).hasContent("earlier");

            Ended first = flink(cluster, output, List.of("run", "-d"));
            String job = found("JobID ([0-9a-f]{32})", first);
            Path done = output.resolve("masks/street/000000.png");
            await(done);
            assertThat(summary).doesNotExist();
            Ended second = flink(cluster, output, List.of("run"));
            assertThat(second.exitCode()).isNotZero();
            assertThat(second.output())
                    .contains("--output " + output + " is being written to by another job;");

            String savepoints = folder.resolve("savepoints").toString();
            Ended stop = cluster.script("flink", "stop", "-p", savepoints, job);
            String savepoint = found("Path: (\\S+)", stop);
            Files.delete(done);
            // What is left is done with smaller pictures, in less time.
            Ended goneOn =
                    flink(cluster, output, List.of("run", "-s", savepoint), "--height", "96");
            assertThat(goneOn.exitCode()).as(goneOn.output()).isZero();
            assertThat(done).doesNotExist();
            assertThat(frames(summary)).isEqualTo(SOURCES * CLIP_FRAMES);

            Ended resume = flink(cluster, output, List.of("run"), "--resume");
            assertThat(resume.exitCode()).isNotZero();
            assertThat(resume.output()).contains("--resume goes on with runs of scripts/stdc");
            assertThat(frames(summary)).isEqualTo(SOURCES * CLIP_FRAMES);

            Ended anew = flink(cluster, output, List.of("run"), "--max-frames", "1");
            assertThat(anew.exitCode()).as(anew.output()).isZero();
            assertThat(frames(summary)).isEqualTo(SOURCES);
            try (Stream<Path> files = Files.list(output)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith("."));
            }
        }
    }

    private static Ended flink(
            LocalCluster cluster, Path output, List<String> action, String... options)
            throws Exception {
        List<String> arguments = new ArrayList<>(action);
        arguments.add("stdc-job.jar");
        for (int i = 0; i < SOURCES; i++) {
            arguments.addAll(List.of("--source", CLIP.toString()));
        }
        // A second job has a slot, too.
        arguments.addAll(List.of("--parallelism", "1"));
        arguments.addAll(List.of("--output", output.toString(), "--write", "video,masks"));
        arguments.addAll(List.of(options));
        return cluster.script("flink", arguments.toArray(String[]::new));
    }

    private static String found(String pattern, Ended ended) {
        Matcher matcher = Pattern.compile(pattern).matcher(ended.output());
        assertThat(matcher.find()).as(ended.output()).isTrue();
        return matcher.group(1);
    }

    private static int frames(Path summary) throws IOException {
        return new ObjectMapper().readTree(summary.toFile()).get("frames").asInt();
    }

    private static void await(Path file) throws Exception {
        Path existing = file;
        while (!Files.exists(file)) {
            while (!Files.exists(existing)) {
                existing = existing.getParent();
            }
            try (WatchService watch = existing.getFileSystem().newWatchService()) {
                existing.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                Path next = existing.resolve(existing.relativize(file).getName(0));
                while (!Files.exists(next)) {
                    WatchKey key = watch.poll(60, TimeUnit.SECONDS);
                    assertThat(key).as("nothing new in " + existing).isNotNull();
                    key.pollEvents();
                    key.reset();
                }
                existing = next;
            }
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
