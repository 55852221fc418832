// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.function.score.LabelFolders;
import io.stdcseg.function.score.ScoreFunction;
import io.stdcseg.function.score.ScoreOptions;
import io.stdcseg.function.segment.Adaptation;
import io.stdcseg.function.segment.AsyncBatchOperatorFactory;
import io.stdcseg.function.segment.SegmentFunction;
import io.stdcseg.job.options.SegmentOptions.Output;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.playlist.PlaylistTiming;
import io.stdcseg.job.source.VideoSource;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.label.LabelSet;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.live.LiveSettings;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Topology of the job, a frame's part: up to its score.
 *
 * <pre>
 * decode -- Frame --> segment -- SegmentedFrame --> score --> {@link OutputPipeline}
 *  (one chained task per slot; pixels stay in it)     ||
 *                                                      == scores, timings ==> {@link ReportPipeline}
 * </pre>
 */
final class SegmentPipeline {

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

    /** What a viewer of a live stream waits for. */
    private static final Duration LIVE_INTERVAL = Duration.ofSeconds(2);

    private final SegmentSettings settings;
    private final SourceSpec sources;
    private final SegmenterOptions segmenter;
    private final Adaptation adaptation;
    private final LabelSet labels;

    /** The same in the colours that are shown. */
    private final LabelSet painted;

    private final LabelFolders labelFolders;
    private final OutputFolder folder;

    /**
     * Plans the job: finds the sources, reads what the weights say of their classes. Changes no
     * file.
     *
     * @throws io.stdcseg.error.InputException if sources, labels, weights or the output folder
     *     cannot be used
     */
    SegmentPipeline(SegmentSettings settings) {
        this.settings = settings;
        this.sources = plan(settings);
        this.segmenter = SegmenterWeights.resolve(settings.segmenter());
        this.adaptation = AdaptationChoice.of(settings, sources, segmenter);
        this.labels = segmenter.labels();
        this.painted = settings.palette().paint(labels);
        if (settings.writesPictures()) {
            sources.streams().forEach(PlannedStream::requireDistinctPictureNames);
        }
        if (settings.writes(Output.CONFIDENCE)) {
            SegmenterWeights.requireScores(settings.segmenter());
        }
        this.labelFolders = LabelChoice.of(settings.labels(), sources, labels);
        this.folder = OutputFolder.of(StorePaths.path(settings.output()));
        folder.check();
    }

    private static SourceSpec plan(SegmentSettings settings) {
        SourceSpec spec = planned(settings);
        LiveSettings.requireTaken(settings.live().options(), spec.liveAddresses());
        return spec;
    }

    private static SourceSpec planned(SegmentSettings settings) {
        List<String> given = settings.sources();
        if (settings.watch()) {
            return SourceSpec.watch(given, settings.readOptions(), settings.fps());
        }
        return settings.follow()
                ? SourceSpec.follow(given, settings.readOptions(), settings.fps())
                : SourceSpec.planRecordings(given, settings.readOptions(), settings.fps());
    }

    /** What the job is called where jobs are listed. */
    String jobName() {
        return "segment " + sources.describe();
    }

    /** What the job reads. */
    SourceSpec sources() {
        return sources;
    }

    /** Where the job's files lie. */
    OutputFolder folder() {
        return folder;
    }

    /** The network that segments: what its weights say of themselves is written out. */
    SegmenterOptions segmenter() {
        return segmenter;
    }

    /** Lets the job take a user's weights along, to machines that do not have the file. */
    void takeWeightsAlong(StreamExecutionEnvironment env) {
        if (segmenter.weights() != null) {
            env.registerCachedFile(segmenter.weights(), SegmentFunction.WEIGHTS);
        }
    }

    /**
     * Adds the job to an environment; it is not executed, and no file is touched: plans are built
     * to be looked at, and again where a job goes on.
     */
    void build(StreamExecutionEnvironment env) {
        build(env, folder);
    }

    /** The same for a job that goes on with a run in its output folder. */
    void build(StreamExecutionEnvironment env, OutputFolder run) {
        configure(env);
        SingleOutputStreamOperator<FrameElement> scored = score(segment(decode(env)));
        DataStream<PlaylistTiming> published =
                new OutputPipeline(settings, labels, run, sources).build(scored);
        new ReportPipeline(settings, painted, labelFolders.hasLabels(), run, sources)
                .build(scored, published);
    }

    private void configure(StreamExecutionEnvironment env) {
        if (settings.parallelism() != null) {
            env.setParallelism(settings.parallelism());
        }
        // Frames are handed on, never copied.
        env.getConfig().enableObjectReuse();
        if (settings.checkpointInterval() != null) {
            env.enableCheckpointing(settings.checkpointInterval().toMillis());
        } else if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
            Duration interval = sources.hasLive() ? LIVE_INTERVAL : CHECKPOINT_INTERVAL;
            env.enableCheckpointing(interval.toMillis());
        }
        CheckpointConfig checkpoints = env.getCheckpointConfig();
        if (checkpoints.getMinPauseBetweenCheckpoints() == 0) {
            // Triggers that come while a checkpoint is on its way would queue, and all fail at the
            // end; and between two barriers frames are to be in flight.
            checkpoints.setMinPauseBetweenCheckpoints(checkpoints.getCheckpointInterval() / 2);
        }
        // The last checkpoint of a bounded job is what publishes its last results.
        env.configure(
                new Configuration()
                        // Kryo reads nothing that was written by another version of a class.
                        .set(PipelineOptions.GENERIC_TYPES, false)
                        .set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, true)
                        // The source says so while tasks start: no checkpoint could succeed.
                        .set(
                                CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG,
                                Duration.ZERO));
        // A barrier must not overtake a segment on its way to the committer.
        checkpoints.enableUnalignedCheckpoints(false);
    }

    private DataStream<FrameElement> decode(StreamExecutionEnvironment env) {
        int pool = VideoSource.QUEUE_LENGTH + inFlight() + 2;
        return env.fromSource(
                        new VideoSource(sources, pool),
                        WatermarkStrategy.noWatermarks(),
                        "decode",
                        FrameElementTypeInfo.INSTANCE)
                .uid("decode");
    }

    private SingleOutputStreamOperator<FrameElement> segment(DataStream<FrameElement> frames) {
        return frames.transform(
                        "segment",
                        FrameElementTypeInfo.INSTANCE,
                        new AsyncBatchOperatorFactory<>(
                                new SegmentFunction(
                                        segmenter, adaptation, settings.writes(Output.CONFIDENCE)),
                                inFlight()))
                .uid("segment");
    }

    private int inFlight() {
        return SegmentFunction.BATCHES_IN_FLIGHT * segmenter.largestBatch();
    }

    private SingleOutputStreamOperator<FrameElement> score(
            SingleOutputStreamOperator<FrameElement> segmented) {
        return segmented
                .process(
                        new ScoreFunction(labelFolders, labels, scoreOptions()),
                        FrameElementTypeInfo.INSTANCE)
                .name("score")
                .uid("score");
    }

    private ScoreOptions scoreOptions() {
        return new ScoreOptions(settings.writes(Output.HLS), settings.every(), settings.boundary());
    }
}
