// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.Container;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.VideoCodec;
import io.stdcseg.video.track.SoundFiles;
import io.stdcseg.video.track.TrackSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every codec in every container that holds it: segments are encoded, joined with sound, read. */
class VideoFormatMatrixTest {

    private static final int SAMPLES_PER_SECOND = 44_100;

    /** Of a variable rate, with two that no millisecond tells apart. */
    private static final long[] PTS = {
        900, 3900, 6900, 6930, 12_000, 15_000, 18_003, 21_000, 24_000, 90_000
    };

    private static final int FIRST_SEGMENT = 4;

    @TempDir Path folder;

    static Stream<Arguments> formats() {
        return Stream.of(Container.values())
                .flatMap(
                        container ->
                                container.codecs().stream()
                                        .map(codec -> Arguments.of(codec, container)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void keepsPicturesTimesRotationAndSound(VideoCodec codec, Container container)
            throws Exception {
        VideoFormat format = new VideoFormat(codec, container, 80, null);
        requireEncoder(format);
        StreamInfo info = SyntheticVideo.info(160, 96, container.keepsRotation() ? 90 : 0);
        Path source = SoundFiles.wav(folder.resolve("tone.wav"), SAMPLES_PER_SECOND, 1);
        List<Path> segments =
                List.of(
                        segment("a", info, format, 0, FIRST_SEGMENT),
                        segment("b", info, format, FIRST_SEGMENT, PTS.length));
        Path output = folder.resolve("out." + container.ending());
        join(segments, info, source, container, output);

        RoundTrip.Decoded read = RoundTrip.decode(output);
        assertThat(read.pts()).containsExactlyElementsOf(rounded(container));
        assertThat(read.info().rotation()).isEqualTo(info.rotation());
        for (int i = 0; i < PTS.length; i++) {
            byte[] original = new byte[info.yuvBytes()];
            SyntheticVideo.picture(info, i).get(original);
            assertThat(RoundTrip.psnr(original, read.yuv().get(i), 160 * 96)).isGreaterThan(30);
        }
        try (Demuxer joined = Demuxer.open(output)) {
            assertThat(joined.streams()).isEqualTo(2);
            assertThat(joined.stream(0).codecpar().codec_id()).isEqualTo(codec.id());
            assertThat(joined.stream(1).codecpar().codec_type())
                    .isEqualTo(avutil.AVMEDIA_TYPE_AUDIO);
        }
        byte[] once = Files.readAllBytes(output);
        join(segments, info, source, container, output);
        assertThat(Files.readAllBytes(output)).as("joined again").isEqualTo(once);
    }

    private static void requireEncoder(VideoFormat format) {
        try {
            EncoderChoice.check(format);
        } catch (InputException e) {
            assumeTrue(false, "skipped: " + e.getMessage());
        }
    }

    private static void join(
            List<Path> segments, StreamInfo info, Path source, Container container, Path output)
            throws Exception {
        SegmentJoiner.join(
                segments,
                info,
                TrackSource.all(source),
                container,
                output,
                output.resolveSibling("part"));
    }

    private Path segment(String name, StreamInfo info, VideoFormat format, int from, int to) {
        Path file = folder.resolve(name);
        SegmentEncoder.Options options = SegmentEncoder.Options.DEFAULT.withFormat(format);
        try (SegmentEncoder encoder = new SegmentEncoder(file, info, options)) {
            for (int i = from; i < to; i++) {
                encoder.encode(SyntheticVideo.picture(info, i), PTS[i], 3000);
            }
        }
        return file;
    }

    /** To the container's ticks; those that fall together follow each other. */
    private static List<Long> rounded(Container container) {
        List<Long> all = new ArrayList<>();
        for (long pts : PTS) {
            boolean millis = container == Container.MKV || container == Container.WEBM;
            long tick = millis ? Math.round(pts / 90.0) : pts;
            all.add(all.isEmpty() ? tick : Math.max(tick, all.get(all.size() - 1) + 1));
        }
        return all;
    }
}
