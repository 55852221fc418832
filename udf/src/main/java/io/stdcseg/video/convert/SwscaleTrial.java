// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.Ffmpeg;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trial of swscale: whether it makes of planes what {@link ColorSpaces#toRgb} says. Its vector code
 * for x86 does; its C, which runs elsewhere, where FFmpeg was built without the other or may not
 * use the processor's instructions, makes other numbers.
 */
final class SwscaleTrial {

    private static final Logger LOG = LoggerFactory.getLogger(SwscaleTrial.class);

    /** Some registers of 32 bytes, and a rest. */
    private static final int WIDTH = 82;

    private static final int HEIGHT = 4;

    private SwscaleTrial() {}

    /** Made when it is first asked for. */
    private static final class Once {

        private static final boolean PASSED = passes();

        static {
            if (!PASSED) {
                LOG.info("frames stay RGB: this FFmpeg makes another of YUV than on x86");
            }
        }
    }

    /** Whether the one of this process has passed. */
    static boolean passed() {
        return Once.PASSED;
    }

    /** Whether one passes now: samples of any value, in both ranges. */
    static boolean passes() {
        return passes(false) && passes(true);
    }

    private static boolean passes(boolean fullRange) {
        int matrix = avutil.AVCOL_SPC_BT709;
        StreamInfo info =
                new StreamInfo(
                        "trial",
                        "memory",
                        WIDTH,
                        HEIGHT,
                        0,
                        new Rational(1, 25),
                        new Rational(25, 1),
                        new Rational(1, 1),
                        new ColorMetadata(matrix, matrix, matrix, fullRange));
        ByteBuffer rgb = ByteBuffer.allocateDirect(info.rgbBytes());
        ByteBuffer yuv = ByteBuffer.allocateDirect(info.yuvBytes());
        AVFrame noise = noise(matrix, fullRange);
        try (FrameConverter converter = new FrameConverter(info, false)) {
            converter.writeRgb(noise, rgb);
            converter.writeYuv(noise, yuv);
        } finally {
            avutil.av_frame_free(noise);
        }
        byte[] expected = ColorSpaces.toRgb(matrix, fullRange).rgb(bytes(yuv), WIDTH, HEIGHT);
        return Arrays.equals(bytes(rgb), expected);
    }

    private static AVFrame noise(int matrix, boolean fullRange) {
        AVFrame frame = Ffmpeg.frame(WIDTH, HEIGHT, avutil.AV_PIX_FMT_YUV420P);
        frame.colorspace(matrix);
        frame.color_range(fullRange ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
        Random random = new Random(1);
        for (int plane = 0; plane < 3; plane++) {
            int rows = plane == 0 ? HEIGHT : HEIGHT / 2;
            byte[] samples = new byte[rows * frame.linesize(plane)];
            random.nextBytes(samples);
            frame.data(plane).put(samples);
        }
        return frame;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }
}
