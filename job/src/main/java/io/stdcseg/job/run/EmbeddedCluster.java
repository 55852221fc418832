// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.client.program.PerJobMiniClusterFactory;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Flink cluster inside this JVM, for one job. */
final class EmbeddedCluster implements AutoCloseable {

    private MiniCluster cluster;

    /**
     * How such a cluster runs a job.
     *
     * @param temporary folder for its temporary files, which it uses until it is closed
     */
    static Configuration configuration(Path temporary) {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
        configuration.set(WebOptions.TMP_DIR, temporary.toString());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        // Accumulators, which progress reads, travel with heartbeats.
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
        return configuration;
    }

    /** What an environment does on execution, but knows which cluster it made. */
    JobClient submit(StreamGraph graph, ReadableConfig settings) throws Exception {
        Configuration configuration = Configuration.fromMap(settings.toMap());
        Function<MiniClusterConfiguration, MiniCluster> factory =
                chosen -> {
                    cluster = new MiniCluster(chosen);
                    return cluster;
                };
        StreamGraph plan = PipelineExecutorUtils.getStreamGraph(graph, configuration);
        plan.serializeUserDefinedInstances();
        return PerJobMiniClusterFactory.createWithFactory(configuration, factory)
                .submitJob(plan, EmbeddedCluster.class.getClassLoader())
                .get();
    }

    /** Waits for the job's end; throws what it failed with. */
    static void await(JobClient job) throws Exception {
        try {
            job.getJobExecutionResult().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }
}
