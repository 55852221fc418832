// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.function.MetricNames;
import io.stdcseg.job.SegmentPipeline;
import io.stdcseg.job.options.SegmentSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the job on a Flink cluster inside this JVM and shows its progress. */
final class EmbeddedCluster {

    private EmbeddedCluster() {}

    /** Runs the job to its end; throws what it failed with. */
    static void run(SegmentSettings settings) throws Exception {
        try (TemporaryFolder checkpoints = TemporaryFolder.create("stdc-checkpoints")) {
            int slots = settings.parallelism() == null ? 1 : settings.parallelism();
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.createLocalEnvironment(
                            slots, configuration(checkpoints.path()));
            SegmentPipeline pipeline = new SegmentPipeline(settings);
            pipeline.build(env);
            JobClient job = env.executeAsync(pipeline.jobName());
            try (Progress progress = Progress.start(() -> state(job))) {
                job.getJobExecutionResult().get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Configuration configuration(Path checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        // Accumulators, which progress reads, travel with heartbeats.
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
        return configuration;
    }

    private static Progress.State state(JobClient job) {
        try {
            Map<String, Object> counts = job.getAccumulators().get(1, TimeUnit.SECONDS);
            return new Progress.State(
                    count(counts, MetricNames.FRAMES), count(counts, MetricNames.EXPECTED_FRAMES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null; // between two attempts there is nothing to show
        }
    }

    private static long count(Map<String, Object> counts, String name) {
        return counts.get(name) instanceof Long count ? count : 0;
    }
}
