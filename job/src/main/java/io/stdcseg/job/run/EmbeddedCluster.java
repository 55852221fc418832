// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.process.ProgressLine;
import io.stdcseg.job.process.TemporaryFolder;
import io.stdcseg.job.process.Termination;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.video.encode.EncoderChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.client.program.PerJobMiniClusterFactory;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Flink cluster inside this JVM: runs the job to its end and shows its progress. */
public final class EmbeddedCluster {

    private EmbeddedCluster() {}

    /** Runs the job to its end; throws what it failed with. Leaves no temporary files. */
    public static void run(SegmentSettings settings) throws Exception {
        SegmentPipeline pipeline = new SegmentPipeline(settings);
        MemoryCheck.require(pipeline.segmenter(), pipeline.sources().streams());
        if (settings.writes(SegmentOptions.Output.VIDEO)) {
            EncoderChoice.check(settings.videoFormat());
        }
        JobID id = new JobID();
        TemporaryFolder folder = TemporaryFolder.create("stdc-cluster");
        try (NetworkPreload preload = NetworkPreload.begin(id, pipeline.segmenter());
                Termination termination =
                        Termination.ofThisThread(
                                () -> {
                                    pipeline.folder().removeUnfinished();
                                    folder.close();
                                });
                folder) {
            int slots = settings.parallelism() == null ? 1 : settings.parallelism();
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.createLocalEnvironment(
                            slots, configuration(folder.path()));
            pipeline.build(env);
            StreamGraph graph = env.getStreamGraph();
            graph.setJobName(pipeline.jobName());
            graph.setJobId(id);
            AtomicReference<MiniCluster> cluster = new AtomicReference<>();
            try {
                JobClient job = submit(graph, env.getConfiguration(), cluster);
                try (ProgressLine progress =
                        ProgressLine.start(() -> state(job, pipeline.sources()))) {
                    job.getJobExecutionResult().get();
                }
            } finally {
                if (cluster.get() != null) {
                    // Until it is gone it uses its folder.
                    cluster.get().close();
                }
                // Nobody can go on from what its checkpoints cover.
                pipeline.folder().removeUnfinished();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** What an environment does on execution, but tells which cluster it made. */
    private static JobClient submit(
            StreamGraph graph, ReadableConfig settings, AtomicReference<MiniCluster> cluster)
            throws Exception {
        Configuration configuration = Configuration.fromMap(settings.toMap());
        Function<MiniClusterConfiguration, MiniCluster> factory =
                chosen -> {
                    cluster.set(new MiniCluster(chosen));
                    return cluster.get();
                };
        StreamGraph plan = PipelineExecutorUtils.getStreamGraph(graph, configuration);
        plan.serializeUserDefinedInstances();
        return PerJobMiniClusterFactory.createWithFactory(configuration, factory)
                .submitJob(plan, EmbeddedCluster.class.getClassLoader())
                .get();
    }

    private static Configuration configuration(Path folder) {
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.set(CoreOptions.TMP_DIRS, folder.toString());
        configuration.set(WebOptions.TMP_DIR, folder.toString());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        // Accumulators, which progress reads, travel with heartbeats.
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
        return configuration;
    }

    private static ProgressLine.State state(JobClient job, SourceSpec sources) {
        try {
            return FrameCounts.of(
                    job.getAccumulators().get(1, TimeUnit.SECONDS),
                    sources.watched().any() ? 0 : sources.streams().size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null; // between two attempts there is nothing to show
        }
    }
}
