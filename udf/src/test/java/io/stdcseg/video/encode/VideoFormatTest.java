// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.Container;
import io.stdcseg.video.VideoCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VideoFormatTest {

    @TempDir Path folder;

    @Test
    void namesWhatAContainerHolds() {
        assertThatThrownBy(() -> format(VideoCodec.H264, Container.WEBM))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--codec h264 does not go into --container webm, which holds av1, vp9, vp8;"
                                + " h264 goes into mp4, mkv, mov, ts");
        assertThatThrownBy(() -> format(VideoCodec.VP8, Container.MP4))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--codec vp8 does not go into --container mp4, which holds h264, hevc, av1,"
                                + " vp9, mpeg4; vp8 goes into mkv, webm");
    }

    @ParameterizedTest
    @CsvSource({"H264, MP4", "HEVC, MP4", "AV1, MP4", "VP9, MP4", "MPEG4, MP4", "VP8, WEBM"})
    void choosesAContainerThatHoldsTheCodec(VideoCodec codec, Container container) {
        assertThat(format(codec, null).container()).isEqualTo(container);
    }

    @Test
    void triesH264FirstAndThenWhatTheContainerHolds() {
        assertThat(VideoFormat.DEFAULT.candidates())
                .containsExactly(VideoCodec.H264, VideoCodec.VP9, VideoCodec.MPEG4);
        assertThat(format(null, Container.WEBM).candidates())
                .containsExactly(VideoCodec.VP8, VideoCodec.VP9);
        assertThat(format(null, Container.TS).candidates())
                .containsExactly(VideoCodec.H264, VideoCodec.MPEG4);
    }

    @Test
    void namesTheCodecsThatHaveAnEncoder() {
        boolean hasHevc = avcodec.avcodec_find_encoder_by_name("libx265") != null;
        assumeTrue(!hasHevc, "skipped: this build's FFmpeg has an encoder for every codec");
        assertThatThrownBy(() -> EncoderChoice.check(format(VideoCodec.HEVC, null)))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--codec hevc has no encoder in this build of FFmpeg that works here; those"
                                + " that have are h264, av1, vp9, vp8, mpeg4");
    }

    @Test
    void saysWhichSizeNoEncoderTakes() {
        StreamInfo info = SyntheticVideo.info(20_000, 16);
        SegmentEncoder.Options options =
                SegmentEncoder.Options.DEFAULT.withFormat(format(VideoCodec.MPEG4, null));
        assertThatThrownBy(() -> new SegmentEncoder(folder.resolve("a"), info, options))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "video of stream synthetic cannot be written: no encoder for mpeg4 takes"
                                + " 20000x16");
    }

    /** More is better, and the same number means about the same for all. */
    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void moreQualityTakesMoreBytesAndGivesBetterPictures(VideoCodec codec) throws Exception {
        try {
            EncoderChoice.check(format(codec, null));
        } catch (InputException e) {
            assumeTrue(false, "skipped: " + e.getMessage());
        }
        long bytes = 0;
        double likeness = 0;
        for (int quality : List.of(0, 30, 60, 85)) {
            VideoFormat format = VideoFormat.of(codec, null, quality, null);
            StreamInfo info = SyntheticVideo.info(320, 192);
            Path file = folder.resolve("q" + quality);
            SegmentEncoder.Options options = SegmentEncoder.Options.DEFAULT.withFormat(format);
            try (SegmentEncoder encoder = new SegmentEncoder(file, info, options)) {
                for (int i = 0; i < 5; i++) {
                    encoder.encode(SyntheticVideo.picture(info, 7 * i), 3000 * i, 3000);
                }
            }
            byte[] original = new byte[info.yuvBytes()];
            SyntheticVideo.picture(info, 28).get(original);
            double psnr = RoundTrip.psnr(original, RoundTrip.decode(file).yuv().get(4), 320 * 192);
            assertThat(Files.size(file)).as("bytes at %d", quality).isGreaterThan(bytes);
            assertThat(psnr).as("PSNR at %d", quality).isGreaterThan(likeness);
            bytes = Files.size(file);
            likeness = psnr;
        }
    }

    @Test
    void effortGrowsWithWhatIsLeftOfTheProcessors() {
        assertThat(EncoderEffort.of(0.9, 16)).isEqualTo(EncoderEffort.LEAST);
        assertThat(EncoderEffort.of(0.5, 16)).isEqualTo(EncoderEffort.MORE);
        assertThat(EncoderEffort.of(0.1, 2)).isEqualTo(EncoderEffort.LEAST);
        assertThat(EncoderEffort.of(-1, 16)).isEqualTo(EncoderEffort.LEAST);
    }

    @Test
    void segmentsOfEitherEffortJoin() throws Exception {
        StreamInfo info = SyntheticVideo.info(160, 96);
        Path quick = folder.resolve("a");
        Path thorough = folder.resolve("b");
        write(quick, info, 0, EncoderEffort.LEAST);
        write(thorough, info, 3000, EncoderEffort.MORE);
        Path output = folder.resolve("out.mp4");
        SegmentJoiner.join(List.of(quick, thorough), info, null, output);
        assertThat(RoundTrip.decode(output).pts()).containsExactly(0L, 3000L);
    }

    private static void write(Path file, StreamInfo info, long pts, EncoderEffort effort) {
        SegmentEncoder.Options options = SegmentEncoder.Options.DEFAULT.withEffort(effort);
        try (SegmentEncoder encoder = new SegmentEncoder(file, info, options)) {
            encoder.encode(SyntheticVideo.picture(info, 0), pts, 3000);
        }
    }

    private static VideoFormat format(VideoCodec codec, Container container) {
        return VideoFormat.of(codec, container, VideoFormat.DEFAULT_QUALITY, null);
    }
}
