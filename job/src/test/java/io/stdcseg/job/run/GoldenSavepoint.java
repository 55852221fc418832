// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.function.score.ProgressCounts;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.testing.Clips;
import io.stdcseg.label.MaskFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * Savepoint of a job in the middle of a clip, kept with the tests: what earlier versions wrote must
 * stay readable. It consists of the clip, the savepoint, and the output folder as the job left it.
 *
 * <p>The state holds where the clip lies, which is to be the same in every checkout: below the
 * folder that the tests run in, by the name that Linux has for it.
 */
final class GoldenSavepoint {

    static final int FRAMES = 120;

    /** Where the clip, the savepoint and the output lie. */
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private static final Path RUNNING_FROM = Path.of("/proc/self/cwd");
    private static final Path CLIP = RUNNING_FROM.resolve(FOLDER).resolve("clip.mp4");
    private static final int TAKEN_AFTER = 60;

    /** At this height the network is so slow that a savepoint comes in the middle. */
    private static final int SLOW_HEIGHT = 384;

    private static final int LABELLED = 5;

    private GoldenSavepoint() {}

    /** Whether this system has a name for the folder that a process runs in. */
    static boolean isReadableHere() {
        return Files.isDirectory(RUNNING_FROM);
    }

    static Path clip() {
        return CLIP;
    }

    /** Whether it was taken. */
    static boolean isThere() {
        return Files.exists(FOLDER.resolve("savepoint/_metadata"));
    }

    /** Replaces clip, savepoint and output by those that this version writes. */
    static void take(Path temporary) throws Exception {
        FileUtils.deleteDirectory(FOLDER.toFile());
        Files.createDirectories(FOLDER);
        Clips.write(CLIP, FRAMES);
        Path output = temporary.resolve("output");
        JobClient job = submit(output, temporary, 1, SLOW_HEIGHT, null);
        while (frames(job) < TAKEN_AFTER) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        Path savepoint =
                Path.of(
                        URI.create(
                                job.stopWithSavepoint(
                                                false,
                                                temporary.resolve("savepoints").toUri().toString(),
                                                SavepointFormatType.CANONICAL)
                                        .get()));
        // Its owner is gone, for good.
        Files.delete(output.resolve(".claim"));
        copy(savepoint, FOLDER.resolve("savepoint"));
        copy(output, FOLDER.resolve("output"));
    }

    /** Goes on from the savepoint to the clip's end; the output lies in a copy. */
    static Path finish(Path temporary, int parallelism) throws Exception {
        Path output = temporary.resolve("output");
        Path savepoint = temporary.resolve("savepoint");
        copy(FOLDER.resolve("output"), output);
        copy(FOLDER.resolve("savepoint"), savepoint);
        submit(output, temporary, parallelism, Clips.HEIGHT, savepoint)
                .getJobExecutionResult()
                .get();
        return output;
    }

    /** Runs the job from the clip's beginning to its end. */
    static Path undisturbed(Path temporary) throws Exception {
        Path output = temporary.resolve("output");
        submit(output, temporary, 1, Clips.HEIGHT, null).getJobExecutionResult().get();
        return output;
    }

    private static JobClient submit(
            Path output, Path temporary, int parallelism, int height, Path savepoint)
            throws Exception {
        SegmentSettings settings =
                SegmentSettings.of(
                        new OptionParser("segment", "", SegmentOptions.ALL)
                                .parse(
                                        "--source",
                                        CLIP.toString(),
                                        "--labels",
                                        labels(temporary).toString(),
                                        "--write",
                                        "video,scores,throughput,report",
                                        "--window",
                                        "1",
                                        "--slide",
                                        "0.5",
                                        "--checkpoint-interval",
                                        "300ms",
                                        // One range is read, one being read, one waits.
                                        "--range",
                                        "1s",
                                        "--height",
                                        String.valueOf(height),
                                        "--parallelism",
                                        String.valueOf(parallelism),
                                        "--output",
                                        output.toString()));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(
                        parallelism, configuration(temporary, savepoint));
        new SegmentPipeline(settings).build(env);
        return env.executeAsync("golden");
    }

    private static Configuration configuration(Path temporary, Path savepoint) {
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                temporary.resolve("checkpoints").toUri().toString());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(100));
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
        }
        return configuration;
    }

    /** Labels of every fifth frame: all of class 0. */
    private static Path labels(Path temporary) throws IOException {
        Path labels = Files.createDirectories(temporary.resolve("labels"));
        for (int i = 0; i < FRAMES; i += LABELLED) {
            MaskFiles.write(
                    labels.resolve(String.format(Locale.ROOT, "%06d.png", i)),
                    Clips.WIDTH,
                    Clips.HEIGHT,
                    ByteBuffer.allocate(Clips.WIDTH * Clips.HEIGHT));
        }
        return labels;
    }

    private static long frames(JobClient job) throws Exception {
        return job.getAccumulators().get().get(ProgressCounts.FRAMES) instanceof Long count
                ? count
                : 0;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
