// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.CommittableSerializer;
import io.stdcseg.job.output.video.MaskedVideoITCase;
import io.stdcseg.job.output.video.OverlaySegments;
import io.stdcseg.job.output.video.SegmentCommitter;
import io.stdcseg.job.output.video.SegmentFormat;
import io.stdcseg.job.output.video.SegmentWriter;
import io.stdcseg.job.source.VideoSource;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.job.source.reader.FrameDecoder;
import io.stdcseg.job.testing.ConstantMasks;
import io.stdcseg.job.testing.FakeDecoder;
import io.stdcseg.job.testing.GatedDecoder;
import io.stdcseg.job.testing.Streams;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.video.VideoCodec;
import io.stdcseg.video.encode.RoundTrip;
import io.stdcseg.video.encode.RoundTrip.Decoded;
import io.stdcseg.video.encode.VideoFormat;
import io.stdcseg.video.overlay.OverlayStyle;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From source to a playlist that FFmpeg plays, on a local cluster, beside the whole video. */
@Timeout(120)
class PlaylistITCase {

    private static final int FRAMES = 40;
    private static final CountingAllocator MEMORY = new CountingAllocator();

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path dir;

    @BeforeEach
    void nothingHasFailed() {
        ConstantMasks.reset();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 17, FRAMES - 1})
    void playsEveryFrameOnceWhereverTheJobFailed(long failAt) throws Exception {
        run(failAt, true, true);

        assertThat(ConstantMasks.failed()).isEqualTo(failAt >= 0);
        for (String stream : List.of("a", "b", "c")) {
            assertPlays(stream);
            assertSameAsVideo(stream);
        }
        assertOnlyLeft("a.masked.mp4", "b.masked.mp4", "c.masked.mp4", "hls");
    }

    @Test
    void needsNeitherVideoNorCheckpoints() throws Exception {
        run(-1, false, false);

        assertPlays("b");
        assertOnlyLeft("hls");
    }

    /** FFmpeg's own demuxer of HLS; pictures are told apart by how bright they are. */
    private void assertPlays(String stream) {
        Decoded played =
                RoundTrip.decode(OutputFolder.of(dir).playlist(stream).resolve("index.m3u8"));
        assertThat(played.pts()).hasSize(FRAMES);
        long first = played.pts().get(0);
        for (int i = 0; i < FRAMES; i++) {
            double seconds = played.info().seconds(played.pts().get(i) - first);
            assertThat(seconds).isEqualTo(0.1 * i, within(1e-3));
        }
    }

    private void assertSameAsVideo(String stream) {
        Decoded played =
                RoundTrip.decode(OutputFolder.of(dir).playlist(stream).resolve("index.m3u8"));
        Decoded video = RoundTrip.decode(dir.resolve(stream + ".masked.mp4"));
        assertThat(video.pts()).hasSize(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            assertThat(played.yuv().get(i)).isEqualTo(video.yuv().get(i));
            assertThat(played.info().seconds(played.pts().get(i) - played.pts().get(0)))
                    .isEqualTo(video.info().seconds(video.pts().get(i) - video.pts().get(0)));
        }
    }

    private void run(long failAt, boolean checkpoints, boolean videos) throws Exception {
        StreamExecutionEnvironment env = MaskedVideoITCase.environment(checkpoints);
        FrameDecoder.Factory decoders =
                (split, onError) -> {
                    FakeDecoder pictures = new FakeDecoder(split.stream().name(), FRAMES, Set.of());
                    return checkpoints ? new GatedDecoder(pictures, 8) : pictures;
                };
        SourceSpec spec =
                new SourceSpec(
                        Stream.of("a", "b", "c").map(Streams::video).toList(),
                        ReadOptions.defaults());
        OutputFolder folder = OutputFolder.of(dir);
        SegmentFormat format =
                new Silent(
                        new OverlaySegments(
                                new OverlayStyle(LabelSet.of("camvid"), 0.5),
                                VideoFormat.of(VideoCodec.VP9, null, 90, null).forPlaylists()));
        PlaylistOptions options = PlaylistOptions.of(Duration.ofSeconds(1), null, Set.of());
        DataStream<FrameElement> frames =
                env.fromSource(
                        new VideoSource(spec, 6, () -> MEMORY, decoders),
                        WatermarkStrategy.noWatermarks(),
                        "frames");
        SingleOutputStreamOperator<Committable> segments =
                frames.transform("segment", frames.getType(), new ConstantMasks(1, failAt))
                        .transform(
                                "write",
                                CommittableSerializer.TYPE,
                                SegmentWriter.playlists(
                                        folder, format, videos, options.longestSeconds()));
        segments.transform("publish", Types.VOID, new SegmentCommitter(folder, format, false))
                .forceNonParallel();
        segments.getSideOutput(SegmentWriter.PLAYLISTS)
                .transform(
                        "playlists",
                        TypeInformation.of(PlaylistTiming.class),
                        new RunningCommitter(new Playlists(folder, options, Set.of("a"))))
                .forceNonParallel();
        env.execute();
    }

    private void assertOnlyLeft(String... names) throws IOException {
        try (Stream<Path> left = Files.list(dir)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(names);
        }
        try (Stream<Path> media = Files.walk(dir.resolve("hls"))) {
            assertThat(media.filter(Files::isRegularFile).map(Path::toString))
                    .allMatch(name -> name.matches(".*(/index.m3u8|/init-\\w+.mp4|/[\\w-]+.m4s)"));
        }
    }

    /** Does not look for sound: the sources are no files. */
    private record Silent(SegmentFormat pictures) implements SegmentFormat {

        @Override
        public String ending() {
            return pictures.ending();
        }

        @Override
        public SegmentFile create(Path file, StreamInfo info) throws IOException {
            return pictures.create(file, info);
        }

        @Override
        public void join(
                List<Path> segments,
                StreamInfo info,
                TrackSource audio,
                Path output,
                Path temporary)
                throws IOException {
            pictures.join(segments, info, null, output, temporary);
        }
    }
}
