// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.function.score.ProgressCounts;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.testing.Clips;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Weights that are replaced in the middle of a video, with a failure behind that. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WeightsWatchITCase {

    /** Two cores take half a minute for 1000: what is to happen in between needs a quarter. */
    private static final int FRAMES = 500 * Math.max(2, Runtime.getRuntime().availableProcessors());

    /** Frames before the first change of weights, and behind the last, whose masks are compared. */
    private static final int AROUND = 50;

    private static final int TASK_MANAGERS = 2;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** At this height the network is so slow that weights can be replaced in the middle. */
    private static final int SLOW_HEIGHT = 256;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(TASK_MANAGERS)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path folder;

    private Path clip;
    private Path first;
    private Path second;

    @BeforeEach
    void prepare() throws IOException {
        clip = folder.resolve("clip.mp4");
        Clips.write(clip, FRAMES);
        Weights usual = Weights.defaults();
        first = folder.resolve("first.safetensors");
        usual.write(first, ElementType.F32);
        second = folder.resolve("second.safetensors");
        new Weights(
                        usual.spec(),
                        HashedWeights.plain(usual.spec()),
                        usual.labels(),
                        usual.scale(),
                        usual.modelName(),
                        "second",
                        "0")
                .write(second, ElementType.F32);
    }

    @Test
    void everyFrameIsOfTheWeightsThatTheSummaryNames(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Path watched = Files.copy(first, folder.resolve("weights.safetensors"));
        Path output = folder.resolve("swapped");
        JobClient job = submit(watched, output, "--weights-watch", watched.toString());
        await(job, () -> frames(job) > 20);
        replace(watched, second);
        await(job, () -> !firstFrames(output).isEmpty());

        // Neither what is at the path now nor another attempt changes what is running.
        Files.writeString(watched, "no weights");
        await(job, () -> Files.readString(output.resolve("live.json")).contains("is refused"));
        for (int i = 0; i < TASK_MANAGERS; i++) {
            cluster.terminateTaskManager(i).get();
            cluster.startTaskManager();
        }
        job.getJobExecutionResult().get();

        JsonNode summary = MAPPER.readTree(output.resolve("summary.json").toFile());
        assertThat(summary.get("frames").asInt()).isEqualTo(FRAMES);
        assertThat(summary.get("weightsTaken")).hasSize(1);
        assertThat(summary.at("/weightsTaken/0/sha256").asText()).isEqualTo(sha256(second));
        assertThat(summary.at("/weightsTaken/0/checkpoint").asLong()).isPositive();
        assertThat(summary.at("/weightsRefused/0/reason").asText())
                .startsWith("checkpoint " + watched + " is refused: it is text")
                .doesNotContain("\n");
        assertThat(summary.get("weights")).hasSize(2);
        assertMade(output, summary.at("/streams/0/weights"));
        assertThat(Files.readAllLines(output.resolve("hls/clip/index.m3u8")))
                .filteredOn(line -> line.startsWith("#EXT-X-STDC-WEIGHTS:"))
                .startsWith("#EXT-X-STDC-WEIGHTS:" + sha256(first))
                .contains("#EXT-X-STDC-WEIGHTS:" + sha256(second));
        try (Stream<Path> files = Files.list(output)) {
            assertThat(files.filter(file -> file.toString().endsWith("-weights"))).isEmpty();
        }
    }

    /** Around all changes each mask is that of the weights that are said to have made it. */
    private void assertMade(Path output, JsonNode spans) throws Exception {
        long begin = Math.max(0, spans.get(0).get("lastFrame").asLong() - AROUND);
        long end =
                Math.min(FRAMES, spans.get(spans.size() - 1).get("firstFrame").asLong() + AROUND);
        String[] part = {
            "--from", Clips.pts((int) begin) + "ms", "--to", Clips.pts((int) end) + "ms"
        };
        Path old = folder.resolve("old");
        submit(first, old, part).getJobExecutionResult().get();
        Path fresh = folder.resolve("fresh");
        submit(second, fresh, part).getJobExecutionResult().get();
        List<Long> borders = new ArrayList<>();
        long next = 0;
        for (JsonNode span : spans) {
            boolean isFirst = span.get("sha256").asText().equals(sha256(first));
            long from = span.get("firstFrame").asLong();
            assertThat(from).isEqualTo(next);
            next = span.get("lastFrame").asLong() + 1;
            assertThat(span.get("frames").asLong()).isEqualTo(next - from);
            for (long i = Math.max(begin, from); i < Math.min(end, next); i++) {
                String mask = String.format(Locale.ROOT, "masks/clip/%06d.png", i);
                assertThat(output.resolve(mask))
                        .as(mask)
                        .hasSameBinaryContentAs((isFirst ? old : fresh).resolve(mask));
                assertThat(Files.mismatch(old.resolve(mask), fresh.resolve(mask))).isNotNegative();
            }
            if (!isFirst) {
                borders.add(from);
            }
        }
        assertThat(next).isEqualTo(FRAMES);
        assertThat(borders).isNotEmpty();
        assertThat(firstFrames(output)).containsAll(borders);
    }

    /** Where score lines say that frames are of the new weights. */
    private List<Long> firstFrames(Path output) throws IOException {
        String wanted = sha256(second);
        return lines(output).stream()
                .filter(line -> line.path("weights").asText().equals(wanted))
                .map(line -> line.get("firstFrame").asLong())
                .toList();
    }

    private JobClient submit(Path weights, Path output, String... more) throws Exception {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "--source",
                                clip.toString(),
                                "--weights",
                                weights.toString(),
                                "--write",
                                "masks,scores,report,hls",
                                "--precision",
                                "fp32",
                                "--engine",
                                "pytorch",
                                "--checkpoint-interval",
                                "300ms",
                                "--window",
                                "1s",
                                "--range",
                                "2s",
                                "--height",
                                String.valueOf(SLOW_HEIGHT),
                                "--parallelism",
                                "2",
                                "--output",
                                output.toString()));
        options.addAll(List.of(more));
        SegmentSettings settings =
                SegmentSettings.of(
                        new OptionParser("segment", "", SegmentOptions.ALL)
                                .parse(options.toArray(String[]::new)));
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        new SegmentPipeline(settings, Duration.ofMillis(200)).build(env);
        return env.executeAsync("weights");
    }

    private static void replace(Path watched, Path by) throws IOException {
        Path beside = Files.copy(by, watched.resolveSibling(".beside"));
        Files.move(beside, watched, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Something that is to come. */
    @FunctionalInterface
    private interface Condition {

        boolean holds() throws Exception;
    }

    private static void await(JobClient job, Condition condition) throws Exception {
        while (!condition.holds()) {
            assertThat(job.getJobStatus().get().isTerminalState()).isFalse();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static long frames(JobClient job) throws Exception {
        return job.getAccumulators().get().get(ProgressCounts.FRAMES) instanceof Long count
                ? count
                : 0;
    }

    private static List<JsonNode> lines(Path output) throws IOException {
        Path scores = output.resolve("scores");
        List<JsonNode> lines = new ArrayList<>();
        if (Files.isDirectory(scores)) {
            try (Stream<Path> files = Files.list(scores)) {
                for (Path file : files.sorted().toList()) {
                    if (!file.getFileName().toString().startsWith(".")) {
                        for (String line : Files.readAllLines(file)) {
                            lines.add(MAPPER.readTree(line));
                        }
                    }
                }
            }
        }
        return lines;
    }

    private static String sha256(Path weights) {
        return Weights.read(weights, Weights.Overrides.NONE).sha256();
    }
}
