// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.job.options.SegmentOptions.Output;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.output.FrameReleaser;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.CommittableSerializer;
import io.stdcseg.job.output.event.PieceRule;
import io.stdcseg.job.output.event.VideoEvent;
import io.stdcseg.job.output.event.VideoEvents;
import io.stdcseg.job.output.kafka.KafkaOutput;
import io.stdcseg.job.output.kafka.KafkaTopic;
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
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.label.LabelSet;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * Topology of the job, a frame's last part: what is written of it.
 *
 * <pre>
 * -- SegmentedFrame --> write masks --> write confidence --> write video == Committable ==> publish video, or chunks
 *                                                                        == Committable ==> publish playlists
 *                                                                        == Committable ==> video events ==> Kafka
 * </pre>
 */
final class OutputPipeline {

    private static final TypeInformation<PlaylistTiming> PLAYLIST_TIMING =
            TypeInformation.of(PlaylistTiming.class);

    private final SegmentSettings settings;
    private final LabelSet labels;
    private final OutputFolder run;
    private final SourceSpec sources;

    /**
     * @param labels what ids mean, in the label set's own colours
     * @param run where the job's files go
     */
    OutputPipeline(
            SegmentSettings settings, LabelSet labels, OutputFolder run, SourceSpec sources) {
        this.settings = settings;
        this.labels = labels;
        this.run = run;
        this.sources = sources;
    }

    /**
     * Adds writers and committers behind the scored frames.
     *
     * @return what is told of what is published while it runs; behind its end all of that is
     *     published; null where nothing is
     */
    DataStream<PlaylistTiming> build(SingleOutputStreamOperator<FrameElement> scored) {
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
        if (settings.kafka() != null && settings.encodes()) {
            tell(segments, format, live);
        }
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
                            new RunningCommitter(chunks(format, live)));
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

    private Chunks chunks(SegmentFormat format, Set<String> live) {
        return new Chunks(run, format, settings.chunk(), live, sources.names());
    }

    /** Tells Kafka what the committers are going to publish. */
    private void tell(
            SingleOutputStreamOperator<Committable> segments,
            SegmentFormat format,
            Set<String> live) {
        DataStream<VideoEvent> events = null;
        if (settings.writes(Output.VIDEO)) {
            PieceRule rule =
                    settings.chunk() == null
                            ? new PieceRule.OfVideos(run, format.ending(), live)
                            : new PieceRule.OfChunks(chunks(format, live));
            events = events(segments, "video events", rule);
        }
        if (settings.writes(Output.HLS)) {
            DataStream<VideoEvent> listed =
                    events(
                            segments.getSideOutput(SegmentWriter.PLAYLISTS),
                            "playlist events",
                            new PieceRule.OfPlaylists(run));
            events = events == null ? listed : events.union(listed);
        }
        new KafkaOutput(settings.kafka(), run)
                .send(events, KafkaTopic.SEGMENTS, VideoEvent::stream, VideoEvent::toMap);
    }

    private static DataStream<VideoEvent> events(
            DataStream<Committable> segments, String name, PieceRule rule) {
        return segments.transform(name, TypeInformation.of(VideoEvent.class), new VideoEvents(rule))
                .uid(name.replace(' ', '-'))
                .setParallelism(1)
                // A task of its own: frames wait for a slow broker only once its buffers are full.
                .disableChaining();
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
