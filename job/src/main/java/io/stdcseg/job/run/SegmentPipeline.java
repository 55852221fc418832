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
import io.stdcseg.job.output.FrameReleaser;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.CommittableSerializer;
import io.stdcseg.job.output.mask.MaskWriter;
import io.stdcseg.job.output.playlist.Chunks;
import io.stdcseg.job.output.playlist.PlaylistOptions;
import io.stdcseg.job.output.playlist.PlaylistTiming;
import io.stdcseg.job.output.playlist.Playlists;
import io.stdcseg.job.output.playlist.RunningCommitter;
import io.stdcseg.job.output.video.OverlaySegments;
import io.stdcseg.job.output.video.SegmentCommitter;
import io.stdcseg.job.output.video.SegmentFormat;
import io.stdcseg.job.output.video.SegmentWriter;
import io.stdcseg.job.source.VideoSource;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.label.LabelSet;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.live.LiveSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * Topology of the job, a frame's part: as far as pixels go, and the video's beyond.
 *
 * <pre>
 * decode -- Frame --> segment -- SegmentedFrame --> score --> write masks --> write video == Committable ==> publish video
 *  (one chained task per slot; pixels stay in it)     ||
 *                                                      == scores, timings ==> {@link ReportPipeline}
 * </pre>
 */
final class SegmentPipeline {

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

    private static final TypeInformation<PlaylistTiming> PLAYLIST_TIMING =
            TypeInformation.of(PlaylistTiming.class);

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
        DataStream<PlaylistTiming> published = write(scored, run);
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

    /**
     * What is told of what is published while it runs; null where nothing is.
     *
     * @return behind it all is published
     */
    private DataStream<PlaylistTiming> write(
            SingleOutputStreamOperator<FrameElement> scored, OutputFolder run) {
        SingleOutputStreamOperator<FrameElement> frames = scored;
        if (settings.writes(Output.MASKS)) {
            frames =
                    frames.transform(
                                    "write masks",
                                    FrameElementTypeInfo.INSTANCE,
                                    new MaskWriter(run, settings.ids(), labels))
                            .uid("write-masks");
        }
        if (settings.writes(Output.CONFIDENCE)) {
            frames =
                    frames.transform(
                                    "write confidence",
                                    FrameElementTypeInfo.INSTANCE,
                                    MaskWriter.confidence(run))
                            .uid("write-confidence");
        }
        if (!settings.encodes() && !settings.writesPictures()) {
            frames.transform("release frames", Types.VOID, new FrameReleaser())
                    .uid("release-frames");
            return null;
        }
        SegmentFormat format =
                new OverlaySegments(settings.overlayStyle(labels), settings.videoFormat());
        Set<String> live = sources.liveNames();
        PlaylistOptions options =
                PlaylistOptions.of(Duration.ofMillis(interval(frames)), settings.keep(), live);
        SingleOutputStreamOperator<Committable> segments =
                frames.transform(
                                settings.encodes() ? "write video" : "release frames",
                                CommittableSerializer.TYPE,
                                writer(run, format, options.longestSeconds()))
                        .uid("write-video");
        DataStream<PlaylistTiming> published = null;
        if (settings.commitsWholeStreams()) {
            publish(
                    segments,
                    "publish video",
                    Types.VOID,
                    new SegmentCommitter(run, format, sources.options().cuts(), live));
        } else {
            published =
                    publish(
                            segments,
                            "publish chunks",
                            PLAYLIST_TIMING,
                            new RunningCommitter(
                                    new Chunks(
                                            run, format, settings.chunk(), live, sources.names())));
        }
        if (!settings.writes(Output.HLS)) {
            return published;
        }
        DataStream<PlaylistTiming> playlists =
                publish(
                        segments.getSideOutput(SegmentWriter.PLAYLISTS),
                        "publish playlists",
                        PLAYLIST_TIMING,
                        new RunningCommitter(new Playlists(run, options, sources.names())));
        return published == null ? playlists : published.union(playlists);
    }

    private static long interval(DataStream<?> stream) {
        return stream.getExecutionEnvironment().getCheckpointConfig().getCheckpointInterval();
    }

    private SegmentWriter writer(OutputFolder run, SegmentFormat format, double longestSeconds) {
        boolean video = settings.writes(Output.VIDEO);
        if (settings.writes(Output.HLS)) {
            return SegmentWriter.playlists(run, format, video, longestSeconds);
        }
        return video ? SegmentWriter.video(run, format) : SegmentWriter.nothing(run);
    }

    private static <T> DataStream<T> publish(
            DataStream<Committable> segments,
            String name,
            TypeInformation<T> type,
            OneInputStreamOperator<Committable, T> committer) {
        return segments.transform(name, type, committer)
                .uid(name.replace(' ', '-'))
                .setParallelism(1)
                // Joining a long video must not hold up the frames of the next.
                .disableChaining();
    }
}
