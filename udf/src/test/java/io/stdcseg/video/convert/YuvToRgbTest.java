// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.testing.Planes;
import io.stdcseg.testing.Processor;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Planes become the bytes that swscale makes of them, or nobody says that they do. */
class YuvToRgbTest {

    private static final int WIDTH = 16;
    private static final int HEIGHT = 8;

    @BeforeAll
    static void load() {
        FfmpegLibraries.load();
        Processor.requireX86();
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2",
        "4, 2",
        "6, 4",
        "10, 6",
        "30, 18",
        "34, 22",
        "82, 144",
        "96, 64",
        "98, 50",
        "128, 130",
        "642, 360",
        "1920, 34",
        "2048, 6"
    })
    void everySampleIsSwscales(int width, int height) {
        for (int matrix = 0; matrix <= avutil.AVCOL_SPC_BT2020_CL; matrix++) {
            for (boolean fullRange : new boolean[] {false, true}) {
                byte[] planes = Planes.random(matrix, width, height);
                StreamInfo info = info(width, height, 0, matrix, fullRange);
                AVFrame frame = frame(info, avutil.AV_PIX_FMT_YUV420P, planes);
                ByteBuffer rgb = ByteBuffer.allocateDirect(info.rgbBytes());
                ByteBuffer yuv = ByteBuffer.allocateDirect(info.yuvBytes());
                try (FrameConverter converter = new FrameConverter(info, false)) {
                    YuvToRgb how = converter.yuvToRgb(frame);
                    converter.writeRgb(frame, rgb);
                    converter.writeYuv(frame, yuv);

                    assertThat(bytes(yuv)).isEqualTo(planes);
                    assertThat(bytes(rgb))
                            .as("%s, full range %s", ColorSpaces.matrix(frame), fullRange)
                            .isEqualTo(Planes.rgb(planes, how, width, height));
                } finally {
                    avutil.av_frame_free(frame);
                }
            }
        }
    }

    @Test
    void theNumbersAreThoseOfTheStandard() {
        assertThat(ColorSpaces.toRgb(avutil.AVCOL_SPC_SMPTE170M, false)).isEqualTo(Planes.VIDEO);
        assertThat(ColorSpaces.toRgb(avutil.AVCOL_SPC_BT709, true)).isEqualTo(Planes.FULL_RANGE);
    }

    @Test
    void whereSwscaleMayNotUseVectorsFramesStayRgb() {
        assertThat(SwscaleTrial.passes()).isTrue();
        avutil.av_force_cpu_flags(0);
        try {
            assertThat(SwscaleTrial.passes()).isFalse();
        } finally {
            avutil.av_force_cpu_flags(-1);
        }
        assertThat(SwscaleTrial.passes()).isTrue();
    }

    @Test
    void theOldFormatOfFullRangeIsTheSame() {
        StreamInfo info = info(WIDTH, HEIGHT, 0, avutil.AVCOL_SPC_BT709, true);
        assertThat(how(info, avutil.AV_PIX_FMT_YUVJ420P, false, frame -> {}))
                .isEqualTo(how(info, avutil.AV_PIX_FMT_YUV420P, false, frame -> {}))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                avutil.AV_PIX_FMT_NV12,
                avutil.AV_PIX_FMT_YUV422P,
                avutil.AV_PIX_FMT_YUV444P,
                avutil.AV_PIX_FMT_YUVA420P,
                avutil.AV_PIX_FMT_YUV420P10LE,
                avutil.AV_PIX_FMT_GRAY8,
                avutil.AV_PIX_FMT_RGB24
            })
    void otherFormatsStayRgb(int format) {
        StreamInfo info = info(WIDTH, HEIGHT, 0, avutil.AVCOL_SPC_BT709, false);
        assertThat(how(info, format, false, frame -> {})).isNull();
    }

    @Test
    void whatSwscaleDoesOtherwiseStaysRgb() {
        int bt709 = avutil.AVCOL_SPC_BT709;
        StreamInfo usual = info(WIDTH, HEIGHT, 0, bt709, false);
        int yuv = avutil.AV_PIX_FMT_YUV420P;

        assertThat(how(usual, yuv, false, frame -> {})).isNotNull();
        assertThat(how(usual, yuv, true, frame -> {})).as("exact").isNull();
        assertThat(how(info(WIDTH, HEIGHT - 1, 0, bt709, false), yuv, false, frame -> {}))
                .as("odd height")
                .isNull();
        assertThat(how(info(WIDTH - 1, HEIGHT, 0, bt709, false), yuv, false, frame -> {}))
                .as("odd width")
                .isNull();
        for (int rotation : new int[] {90, 180, 270}) {
            StreamInfo turned = info(WIDTH, HEIGHT, rotation, bt709, false);
            assertThat(how(turned, yuv, false, frame -> {})).as("turned").isNull();
        }
        assertThat(how(usual, yuv, false, frame -> frame.height(HEIGHT - 2)))
                .as("another size than the stream's")
                .isNull();
        assertThat(how(usual, yuv, false, frame -> frame.color_range(avutil.AVCOL_RANGE_JPEG)))
                .as("another range than the stream's")
                .isNull();
        assertThat(how(usual, yuv, false, frame -> frame.colorspace(avutil.AVCOL_SPC_SMPTE170M)))
                .as("another matrix than the stream's")
                .isNull();
        assertThat(how(usual, yuv, false, frame -> frame.color_trc(avutil.AVCOL_TRC_SMPTE2084)))
                .as("HDR")
                .isNull();
    }

    private static YuvToRgb how(
            StreamInfo info, int format, boolean exact, Consumer<AVFrame> change) {
        AVFrame frame = Ffmpeg.frame(info.width(), info.height(), format);
        frame.colorspace(info.color().matrix());
        if (info.color().fullRange()) {
            frame.color_range(avutil.AVCOL_RANGE_JPEG);
        }
        change.accept(frame);
        try (FrameConverter converter = new FrameConverter(info, exact)) {
            return converter.yuvToRgb(frame);
        } finally {
            avutil.av_frame_free(frame);
        }
    }

    /** A frame whose rows are longer than the picture, as a decoder's are. */
    private static AVFrame frame(StreamInfo info, int format, byte[] planes) {
        AVFrame frame = Ffmpeg.frame(info.width(), info.height(), format);
        frame.colorspace(info.color().matrix());
        frame.color_range(
                info.color().fullRange() ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
        int at = 0;
        for (int plane = 0; plane < 3; plane++) {
            int columns = plane == 0 ? info.width() : info.width() / 2;
            int rows = plane == 0 ? info.height() : info.height() / 2;
            for (int y = 0; y < rows; y++) {
                frame.data(plane)
                        .position((long) y * frame.linesize(plane))
                        .put(planes, at, columns);
                at += columns;
            }
        }
        return frame;
    }

    private static StreamInfo info(
            int width, int height, int rotation, int matrix, boolean fullRange) {
        return new StreamInfo(
                "s",
                "memory",
                width,
                height,
                rotation,
                new Rational(1, 25),
                new Rational(25, 1),
                new Rational(1, 1),
                new ColorMetadata(2, 2, matrix, fullRange));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }
}
