// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.testing.Clips;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A watched folder: what is added to it is segmented once, also across a stop and a restart. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WatchITCase {

    private static final int FRAMES = 12;

    /** So many bytes of a clip say what kind of file it is, and nothing more. */
    private static final int BEGUN = 24;

    @TempDir private Path folder;

    private Path watched;
    private Path output;
    private byte[] clip;

    @BeforeEach
    void prepare() throws IOException {
        watched = Files.createDirectories(folder.resolve("watched"));
        output = folder.resolve("output");
        Path file = folder.resolve("clip.mp4");
        Clips.write(file, FRAMES);
        clip = Files.readAllBytes(file);
    }

    @Test
    void takesUpOnceWhatIsAdded() throws Exception {
        Files.write(watched.resolve("a.mp4"), clip);
        JobClient job = submit(null);
        // Nobody writes more of it for a while, but it does not open.
        Files.write(watched.resolve("b.mp4"), Arrays.copyOf(clip, BEGUN));
        Files.writeString(watched.resolve("readme.txt"), "no video");
        awaitVideo("a", job);
        Files.write(watched.resolve("c.mp4"), clip);
        awaitVideo("c", job);

        Files.write(
                watched.resolve("b.mp4"),
                Arrays.copyOfRange(clip, BEGUN, clip.length),
                StandardOpenOption.APPEND);
        awaitVideo("b", job);
        assertThat(frames("a")).isEqualTo(FRAMES);
        assertThat(frames("b")).isEqualTo(FRAMES);
        assertThat(output.resolve("summary.json")).doesNotExist();

        Path savepoint = stop(job, false);
        FileTime published = Files.getLastModifiedTime(masked("a"));
        Files.write(watched.resolve("d.mp4"), clip);
        JobClient second = submit(savepoint);
        awaitVideo("d", second);
        stop(second, true);

        assertThat(Files.getLastModifiedTime(masked("a"))).isEqualTo(published);
        List<String> streams = new ArrayList<>();
        JsonNode summary = new ObjectMapper().readTree(output.resolve("summary.json").toFile());
        for (JsonNode stream : summary.get("streams")) {
            streams.add(stream.get("name").asText() + " " + stream.get("frames").asInt());
        }
        assertThat(streams)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed('a', 'd')
                                .mapToObj(name -> (char) name + " " + FRAMES)
                                .toList());
        assertThat(summary.get("frames").asInt()).isEqualTo(4 * FRAMES);
    }

    private JobClient submit(Path savepoint) throws Exception {
        SegmentSettings settings =
                SegmentSettings.of(
                        new OptionParser("segment", "", SegmentOptions.ALL)
                                .parse(
                                        "--source",
                                        watched.toString(),
                                        "--watch",
                                        "--write",
                                        "video,report",
                                        "--checkpoint-interval",
                                        "300ms",
                                        "--height",
                                        String.valueOf(Clips.HEIGHT),
                                        "--parallelism",
                                        "2",
                                        "--output",
                                        output.toString()));
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        SegmentPipeline pipeline = new SegmentPipeline(settings);
        assertThat(pipeline.jobName()).isEqualTo("segment watched");
        pipeline.build(env);
        return env.executeAsync("watch");
    }

    private Path stop(JobClient job, boolean drain) throws Exception {
        String savepoint =
                job.stopWithSavepoint(
                                drain,
                                folder.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        job.getJobExecutionResult().get();
        return Path.of(URI.create(savepoint));
    }

    private void awaitVideo(String name, JobClient job) throws Exception {
        while (Files.notExists(masked(name))) {
            assertThat(job.getJobStatus().get().isTerminalState()).isFalse();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private Path masked(String name) {
        return output.resolve(name + ".masked.mp4");
    }

    private int frames(String name) {
        int frames = 0;
        try (VideoDecoder decoder = VideoDecoder.open(name, masked(name))) {
            while (decoder.advance()) {
                frames++;
            }
        }
        return frames;
    }
}
