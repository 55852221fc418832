// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoEncoderTest {

    /** Whatever the encoder: no picture waits for a later one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void givesEveryPacketAtOnceAndKeyFramesWhenDue(int threads) {
        StreamInfo info = SyntheticVideo.info(320, 192);
        AVCodecContext codec =
                EncoderChoice.open(info, new SegmentEncoder.Options(threads, 4 / 30.0)).context();
        try {
            assertThat(encode(codec, info, 9))
                    .containsExactly("key", "P", "P", "P", "key", "P", "P", "P", "key");
            assertThat(codec.extradata_size()).as("bytes of parameter sets").isPositive();
        } finally {
            avcodec.avcodec_free_context(codec);
        }
    }

    /** Sizes that libopenh264 refuses are among them. */
    @ParameterizedTest
    @CsvSource({"1280, 720", "1, 1", "14, 14", "2, 160", "4096, 2306", "8192, 4320", "16384, 16"})
    void takesX264WhereFfmpegHasIt(int width, int height) {
        requireX264();
        StreamInfo info = SyntheticVideo.info(width, height);
        AVCodecContext codec = EncoderChoice.open(info, SegmentEncoder.Options.DEFAULT).context();
        try {
            assertThat(codec.codec().name().getString()).isEqualTo("libx264");
            assertThat(encode(codec, info, 2)).containsExactly("key", "P");
        } finally {
            avcodec.avcodec_free_context(codec);
        }
    }

    /** What each picture became; its packet is there before the next picture is given. */
    private static List<String> encode(AVCodecContext codec, StreamInfo info, int pictures) {
        AVFrame picture = Ffmpeg.frame(codec.width(), codec.height(), codec.pix_fmt());
        AVPacket packet = avcodec.av_packet_alloc();
        List<String> kinds = new ArrayList<>();
        try {
            for (int i = 0; i < pictures; i++) {
                assertThat(avutil.av_frame_make_writable(picture)).isZero();
                PaddedFrame.fill(picture, SyntheticVideo.picture(info, i), info);
                picture.pts(3000L * i);
                assertThat(avcodec.avcodec_send_frame(codec, picture)).isZero();
                assertThat(avcodec.avcodec_receive_packet(codec, packet)).isZero();
                assertThat(packet.pts()).isEqualTo(3000L * i).isEqualTo(packet.dts());
                kinds.add((packet.flags() & avcodec.AV_PKT_FLAG_KEY) == 0 ? "P" : "key");
                avcodec.av_packet_unref(packet);
            }
            return kinds;
        } finally {
            avcodec.av_packet_free(packet);
            avutil.av_frame_free(picture);
        }
    }

    @Test
    void takesX264ForColorsOfEveryKind() {
        requireX264();
        for (int code = 1; code < 23; code++) {
            assertThat(encoder(new ColorMetadata(code, 2, 2, false))).isEqualTo("libx264");
            assertThat(encoder(new ColorMetadata(2, code, 2, true))).isEqualTo("libx264");
            assertThat(encoder(new ColorMetadata(2, 2, code, false))).isEqualTo("libx264");
        }
    }

    private static String encoder(ColorMetadata color) {
        StreamInfo plain = SyntheticVideo.info(64, 48);
        StreamInfo info =
                new StreamInfo(
                        plain.name(),
                        plain.source(),
                        plain.width(),
                        plain.height(),
                        plain.rotation(),
                        plain.timeBase(),
                        plain.frameRate(),
                        plain.pixelAspect(),
                        color);
        AVCodecContext codec = EncoderChoice.open(info, SegmentEncoder.Options.DEFAULT).context();
        try {
            return codec.codec().name().getString();
        } finally {
            avcodec.avcodec_free_context(codec);
        }
    }

    private static void requireX264() {
        FfmpegLibraries.load();
        assumeTrue(
                avcodec.avcodec_find_encoder_by_name("libx264") != null,
                "skipped: this build's FFmpeg has no libx264; mvn -Pgpl takes one that has");
    }
}
