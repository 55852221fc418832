// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job that sends lines to a real broker, and loses its TaskManager. */
@Timeout(600)
class KafkaRecoveryITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    @TempDir private Path log;
    @TempDir private Path dir;

    private SmallRun run;
    private KafkaBroker broker;

    @BeforeEach
    void start() throws Exception {
        run = new SmallRun(dir.resolve("out"));
        broker = new KafkaBroker(log);
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    /** Before and after a savepoint, each line is there once. */
    @Test
    void aTaskManagerIsLostInAJobThatWentOn(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Path watched = Files.createDirectories(dir.resolve("watched"));
        Files.createSymbolicLink(watched.resolve("a.mp4"), SmallRun.CLIP);
        String[] kafka = {"--kafka-servers", broker.address(), "--kafka-topic", "lost"};
        JobClient before = submit(watched, null, kafka);
        CommonTestUtils.waitForAllTaskRunning(cluster, before.getJobID(), false);
        Path savepoint = stop(before, false);
        // Its owner is gone, for good.
        Files.delete(run.output().resolve(".claim"));

        JobClient job = submit(watched, savepoint, kafka);
        CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), false);
        await("lost-scores", 1, job);
        cluster.terminateTaskManager(0).get();
        cluster.startTaskManager();
        Files.createSymbolicLink(watched.resolve("b.mp4"), SmallRun.CLIP);
        await("lost-segments", 2, job);
        stop(job, true);

        List<String> lines = run.lines("scores");
        List<ConsumerRecord<String, String>> sent = broker.committed("lost-scores");
        assertThat(sent)
                .extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrderElementsOf(lines);
        for (String stream : List.of("a", "b", "*")) {
            assertThat(sent.stream().filter(line -> line.key().equals(stream)))
                    .extracting(ConsumerRecord::value)
                    .isNotEmpty()
                    .isEqualTo(lines.stream().filter(line -> isOf(stream, line)).toList());
        }
        assertThat(lines).doesNotHaveDuplicates();
        assertThat(broker.committed("lost-segments"))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrder("a", "b");
        assertThat(broker.openTransactions()).isEmpty();
    }

    private static boolean isOf(String stream, String line) {
        return line.startsWith("{\"stream\":\"" + stream + "\",");
    }

    private JobClient submit(Path watched, Path savepoint, String... kafka) throws Exception {
        List<String> options = new ArrayList<>(List.of("--watch", "--write", "video,scores"));
        options.addAll(Arrays.asList(kafka));
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                dir.resolve("checkpoints").toUri().toString());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        new SegmentPipeline(run.settings(watched, "300ms", options.toArray(String[]::new)))
                .build(env);
        return env.executeAsync("kafka");
    }

    private Path stop(JobClient job, boolean drain) throws Exception {
        String savepoint =
                job.stopWithSavepoint(
                                drain,
                                dir.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        job.getJobExecutionResult().get();
        return Path.of(URI.create(savepoint));
    }

    /** Waits until a topic has so many lines. */
    private void await(String topic, int lines, JobClient job) throws Exception {
        try (KafkaBroker.Reader reader = broker.reader(topic)) {
            while (reader.poll() < lines) {
                assertThat(job.getJobStatus().get().isTerminalState()).isFalse();
            }
        }
    }
}
