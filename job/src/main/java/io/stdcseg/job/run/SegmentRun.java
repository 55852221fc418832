// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.output.DurableCheckpointStorage;
import io.stdcseg.job.output.KeptRun;
import io.stdcseg.job.output.OutputClaim;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.kafka.KafkaCheck;
import io.stdcseg.job.process.StopSignals;
import io.stdcseg.job.process.TemporaryFolder;
import io.stdcseg.job.process.Termination;
import io.stdcseg.job.run.RunEnd.Kind;
import io.stdcseg.video.encode.EncoderChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the job on a cluster in this JVM: has its output folder from beginning to end, starts
 * anew or goes on, and leaves there what belongs there.
 */
public final class SegmentRun {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentRun.class);

    private final SegmentSettings settings;
    private final boolean keeping;
    private final SegmentPipeline pipeline;
    private volatile OutputFolder folder;
    private volatile TemporaryFolder clusterFolder;

    private SegmentRun(SegmentSettings settings, boolean keeping) {
        this.settings = settings;
        this.keeping = keeping;
        this.pipeline = new SegmentPipeline(settings);
        this.folder = pipeline.folder();
    }

    /**
     * Runs the job until it is complete, or the process is asked to end.
     *
     * @throws Exception what it failed with; another one can go on, if there is a checkpoint
     */
    public static RunEnd run(SegmentSettings settings) throws Exception {
        return new SegmentRun(settings, true).run();
    }

    /** Runs a job that nobody is to go on with; throws what it failed with. */
    public static void runWhole(SegmentSettings settings) throws Exception {
        new SegmentRun(settings, false).run();
    }

    private RunEnd run() throws Exception {
        // Refused before anything is made or waited for; and again when nobody else can change it.
        if (decide().complete()) {
            return new RunEnd(Kind.NOTHING_TO_DO, 0);
        }
        SourceCheck.require(settings, pipeline.sources().streams());
        MemoryCheck.require(pipeline.segmenter(), pipeline.sources().streams());
        if (settings.encodes()) {
            EncoderChoice.check(settings.videoFormat());
        }
        if (settings.kafka() != null) {
            KafkaCheck.require(settings.kafka());
        }
        // Watched over before there is anything to clean up.
        try (Termination termination = Termination.ofThisThread(this::cleanUp);
                TemporaryFolder temporary = makeFolder();
                OutputClaim.Holder claim = folder.hold()) {
            RunEnd end = null;
            try {
                end = run(temporary.path());
                return end;
            } finally {
                claim.close();
                boolean kept = leave(end != null && end.exitCode() == 0);
                if (kept && end == null) {
                    LOG.warn(
                            "{} keeps what was done until the last checkpoint; the same command"
                                    + " with --resume goes on",
                            folder.root());
                }
            }
        }
    }

    private TemporaryFolder makeFolder() throws IOException {
        clusterFolder = TemporaryFolder.create("stdc-cluster");
        return clusterFolder;
    }

    private void cleanUp() throws IOException {
        leave(false);
        if (clusterFolder != null) {
            clusterFolder.close();
        }
    }

    private RunStart decide() throws IOException {
        return RunStart.decide(settings, pipeline.sources().streams(), pipeline.folder());
    }

    private RunEnd run(Path temporary) throws Exception {
        RunStart start = decide();
        folder = start.folder();
        if (start.complete()) {
            return new RunEnd(Kind.NOTHING_TO_DO, 0);
        }
        if (keeping) {
            start.prepare(settings, pipeline.sources().streams());
        }
        JobID id = new JobID();
        try (NetworkPreload preload = NetworkPreload.begin(id, pipeline.segmenter());
                EmbeddedCluster cluster = new EmbeddedCluster();
                RunProgress progress = RunProgress.begin(pipeline.sources(), preload::isLoaded)) {
            StreamExecutionEnvironment env = environment(start, temporary);
            pipeline.build(env, folder);
            StreamGraph graph = env.getStreamGraph();
            graph.setJobName(pipeline.jobName());
            graph.setJobId(id);
            JobClient job = cluster.submit(graph, env.getConfiguration());
            progress.submitted(job);
            return await(job, temporary);
        }
    }

    private StreamExecutionEnvironment environment(RunStart start, Path temporary) {
        Configuration configuration = EmbeddedCluster.configuration(temporary);
        Path checkpoints = keeping ? KeptRun.checkpoints(folder) : temporary.resolve("checkpoints");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        if (keeping) {
            configuration.set(
                    CheckpointingOptions.CHECKPOINT_STORAGE,
                    DurableCheckpointStorage.Factory.class.getName());
            configuration.set(
                    CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                    ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        }
        if (start.checkpoint() != null) {
            // Claimed: Flink removes it when the job has a later one.
            SavepointRestoreSettings.toConfiguration(
                    SavepointRestoreSettings.forPath(
                            start.checkpoint().toUri().toString(), false, RecoveryClaimMode.CLAIM),
                    configuration);
        }
        int slots = settings.parallelism() == null ? 1 : settings.parallelism();
        return StreamExecutionEnvironment.createLocalEnvironment(slots, configuration);
    }

    private RunEnd await(JobClient job, Path temporary) throws Exception {
        if (!keeping) {
            EmbeddedCluster.await(job);
            return new RunEnd(Kind.COMPLETE, 0);
        }
        GracefulStop stop =
                new GracefulStop(job, KeptRun.checkpoints(folder), temporary.resolve("unneeded"));
        try (StopSignals signals = StopSignals.asking(() -> stop(stop))) {
            try {
                EmbeddedCluster.await(job);
            } catch (Exception e) {
                boolean cancelled =
                        ExceptionUtils.findThrowable(e, JobCancellationException.class).isPresent();
                if (signals.exitCode() == 0 || !cancelled) {
                    throw e;
                }
                stop.await();
                boolean kept = KeptRun.find(folder).checkpoint() != null;
                return new RunEnd(kept ? Kind.KEPT : Kind.NOTHING_DONE, signals.exitCode());
            }
            if (signals.exitCode() == 0 || RunStart.isComplete(folder)) {
                return new RunEnd(Kind.COMPLETE, 0);
            }
            stop.await();
            return new RunEnd(Kind.PUBLISHED, signals.exitCode());
        }
    }

    private static void stop(GracefulStop stop) {
        System.err.println("stopping at the frame at hand; a second time ends at once");
        stop.run();
    }

    /**
     * Leaves results, and what another job can go on with; nothing else.
     *
     * @return whether another job can go on
     */
    private boolean leave(boolean complete) throws IOException {
        if (!Files.isDirectory(folder.resolve(""))) {
            return false;
        }
        KeptRun kept = complete ? null : KeptRun.find(folder);
        if (kept != null && kept.checkpoint() != null) {
            folder.release();
            return true;
        }
        if (complete && keeping) {
            folder.removeOtherRuns();
        }
        folder.removeUnfinished();
        return false;
    }
}
