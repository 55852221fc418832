// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.function.score.LabelFolders;
import io.stdcseg.function.score.ScoreFunction;
import io.stdcseg.function.score.ScoreOptions;
import io.stdcseg.function.segment.Adaptation;
import io.stdcseg.function.segment.AsyncBatchOperatorFactory;
import io.stdcseg.function.segment.CachedWeights;
import io.stdcseg.function.segment.SegmentFunction;
import io.stdcseg.function.segment.Shadow;
import io.stdcseg.function.segment.WatchingOperatorFactory;
import io.stdcseg.function.weights.WeightsWatch;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.job.options.SegmentOptions.Output;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.kafka.KafkaConnector;
import io.stdcseg.job.output.playlist.PlaylistTiming;
import io.stdcseg.job.source.VideoSource;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.label.LabelSet;
import io.stdcseg.store.StorePaths;
import java.time.Duration;
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
 *  (one chained task per slot; pixels stay in it)     ||           by way of {@link FramePipeline}
 *                                                      == scores, timings ==> {@link ReportPipeline}
 * </pre>
 */
final class SegmentPipeline {

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

    /** What a viewer of a live stream waits for. */
    private static final Duration LIVE_INTERVAL = Duration.ofSeconds(2);

    private final SegmentSettings settings;
    private final Duration patience;
    private final SourceSpec sources;
    private final SegmenterOptions segmenter;
    private final Shadow shadow;
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
     * @throws InputException if sources, labels, weights or the output folder cannot be used
     */
    SegmentPipeline(SegmentSettings settings) {
        this(settings, WeightsWatch.PATIENCE);
    }

    /**
     * @param patience how long weights that appear have to stay the same
     */
    SegmentPipeline(SegmentSettings settings, Duration patience) {
        if (settings.kafka() != null) {
            KafkaConnector.require(SegmentPipeline.class.getClassLoader());
        }
        this.settings = settings;
        this.patience = patience;
        this.sources = SourceChoice.of(settings);
        this.segmenter = SegmenterWeights.resolve(settings.segmenter());
        if (settings.weightsWatch() != null
                && SegmenterWeights.torchScript(segmenter).isPresent()) {
            throw new InputException(
                    "--weights-watch does not go with --weights "
                            + segmenter.weights()
                            + ", which is TorchScript: what takes its place has to be like it;"
                            + " .safetensors and .pth are allowed");
        }
        this.shadow = ShadowChoice.of(settings, segmenter);
        this.adaptation = AdaptationChoice.of(settings, sources, segmenter);
        this.labels = segmenter.labels();
        this.painted = settings.palette().paint(labels);
        if (settings.writesPictures()) {
            sources.streams().forEach(PlannedStream::requireDistinctPictureNames);
        }
        if (settings.asksConfidence()) {
            SegmenterWeights.requireScores(settings.segmenter());
        }
        this.labelFolders = LabelChoice.of(settings.labels(), sources, labels);
        this.folder = OutputFolder.of(StorePaths.path(settings.output()));
        folder.check();
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
        CachedWeights.takeAlong(env, segmenter);
        if (shadow != null) {
            CachedWeights.takeAlong(env, shadow.options());
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
        SingleOutputStreamOperator<FrameElement> segmented = segment(decode(env), run);
        SingleOutputStreamOperator<FrameElement> scored = score(segmented);
        FramePipeline kept = new FramePipeline(settings.keepFrames(), labels, run, sources);
        SingleOutputStreamOperator<FrameElement> frames = kept.write(scored);
        DataStream<PlaylistTiming> published =
                new OutputPipeline(settings, labels, run, sources).build(frames);
        new ReportPipeline(settings, painted, labelFolders, run, sources)
                .build(
                        scored,
                        settings.weightsWatch() == null
                                ? null
                                : segmented.getSideOutput(WatchingOperatorFactory.NEWS),
                        published,
                        totals -> kept.choose(frames, totals));
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

    /** What decodes. */
    VideoSource source() {
        int pool = VideoSource.QUEUE_LENGTH + inFlight() + 2;
        VideoSource source = new VideoSource(sources, pool);
        // Of kept frames the pictures are written, which are RGB.
        boolean onlyNetworksRead = settings.keepFrames() == 0;
        return onlyNetworksRead
                ? source.withPlanes(job -> SharedNetworks.ofProcess().takePlanes(job))
                : source;
    }

    private DataStream<FrameElement> decode(StreamExecutionEnvironment env) {
        return env.fromSource(
                        source(),
                        WatermarkStrategy.noWatermarks(),
                        "decode",
                        FrameElementTypeInfo.INSTANCE)
                .uid("decode");
    }

    private SingleOutputStreamOperator<FrameElement> segment(
            DataStream<FrameElement> frames, OutputFolder run) {
        SegmentFunction function =
                new SegmentFunction(
                        settings.segmenter(),
                        segmenter,
                        adaptation,
                        settings.asksConfidence(),
                        shadow);
        return frames.transform(
                        "segment",
                        FrameElementTypeInfo.INSTANCE,
                        settings.weightsWatch() == null
                                ? new AsyncBatchOperatorFactory<>(function, inFlight())
                                : new WatchingOperatorFactory(
                                        function,
                                        inFlight(),
                                        new WeightsWatch(
                                                settings.weightsWatch(), run.weights(), patience)))
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
        return new ScoreOptions(
                settings.writes(Output.HLS),
                settings.every(),
                settings.boundary(),
                settings.keepFrames() > 0);
    }
}
