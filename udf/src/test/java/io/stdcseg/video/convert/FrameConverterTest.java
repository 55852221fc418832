// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Patches of known colours in every format that FFmpeg decodes to, written sample by sample from
 * the formulas of BT.601 and BT.709, come out as these colours.
 */
class FrameConverterTest {

    private static final int[] PATCHES = {
        0x000000, 0xffffff, 0x808080, 0x20c040, 0xc02060, 0x4060e0, 0xf0d010, 0x111213
    };

    private static final int PATCH = 16;
    private static final int WIDTH = PATCH * PATCHES.length;
    private static final int HEIGHT = 16;

    private record Case(int format, int matrix, boolean fullRange, boolean exact) {

        AVPixFmtDescriptor descriptor() {
            return avutil.av_pix_fmt_desc_get(format);
        }

        boolean is(long flag) {
            return (descriptor().flags() & flag) != 0;
        }

        boolean isGrey() {
            return descriptor().nb_components() < 3;
        }

        @Override
        public String toString() {
            return avutil.av_get_pix_fmt_name(format).getString()
                    + (is(avutil.AV_PIX_FMT_FLAG_RGB) || isGrey()
                            ? ""
                            : " matrix " + matrix + (fullRange ? " full" : " limited"))
                    + (exact ? " picture" : " video");
        }
    }

    static Stream<Case> cases() {
        FfmpegLibraries.load();
        List<Case> cases = new ArrayList<>();
        AVPixFmtDescriptor next = avutil.av_pix_fmt_desc_next(null);
        for (; next != null && !next.isNull(); next = avutil.av_pix_fmt_desc_next(next)) {
            int format = avutil.av_pix_fmt_desc_get_id(next);
            // Palettes, mosaics of sensors, single bits and XYZ are not sums of three colours.
            long other =
                    avutil.AV_PIX_FMT_FLAG_HWACCEL
                            | avutil.AV_PIX_FMT_FLAG_PAL
                            | avutil.AV_PIX_FMT_FLAG_BAYER
                            | avutil.AV_PIX_FMT_FLAG_BITSTREAM
                            | avutil.AV_PIX_FMT_FLAG_XYZ;
            if ((next.flags() & other) != 0
                    || next.comp(0).depth() < 8
                    || !Scaler.isConvertible(format)) {
                continue;
            }
            boolean full = ColorSpaces.withoutYuvj(format) != format;
            boolean one =
                    (next.flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0 || next.nb_components() < 3;
            for (boolean exact : new boolean[] {true, false}) {
                if (one) {
                    cases.add(new Case(format, avutil.AVCOL_SPC_UNSPECIFIED, true, exact));
                    continue;
                }
                for (int matrix : new int[] {avutil.AVCOL_SPC_BT709, avutil.AVCOL_SPC_SMPTE170M}) {
                    cases.add(new Case(format, matrix, true, exact));
                    if (!full) {
                        cases.add(new Case(format, matrix, false, exact));
                    }
                }
            }
        }
        return cases.stream();
    }

    @Test
    void thereAreManyFormats() {
        assertThat(cases().map(Case::format).distinct()).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void coloursComeOutAsTheyWere(Case format) {
        AVFrame frame = paint(format);
        StreamInfo info =
                new StreamInfo(
                        "s",
                        "memory",
                        WIDTH,
                        HEIGHT,
                        0,
                        new Rational(1, 25),
                        new Rational(25, 1),
                        new Rational(1, 1),
                        new ColorMetadata(2, 2, format.matrix, false));
        ByteBuffer rgb = ByteBuffer.allocateDirect(info.rgbBytes());
        try (FrameConverter converter = new FrameConverter(info, format.exact)) {
            converter.writeRgb(frame, rgb);
        } finally {
            avutil.av_frame_free(frame);
        }
        int worst = 0;
        StringBuilder found = new StringBuilder();
        // Where colour has fewer samples it is mixed at the patches' edges.
        int step = format.exact && format.descriptor().log2_chroma_w() == 0 ? 1 : PATCH;
        for (int x = step / 2; x < WIDTH; x += step) {
            int at = 3 * (HEIGHT / 2 * WIDTH + x);
            int color = color(format, x / PATCH);
            for (int c = 0; c < 3; c++) {
                int is = rgb.get(at + c) & 0xff;
                int want = color >> (16 - 8 * c) & 0xff;
                worst = Math.max(worst, Math.abs(is - want));
                found.append(is).append('/').append(want).append(c == 2 ? "  " : ",");
            }
        }
        assertThat(worst).as(found.toString()).isLessThanOrEqualTo(format.exact ? 1 : 3);
    }

    private static int color(Case format, int patch) {
        if (!format.isGrey()) {
            return PATCHES[patch];
        }
        return (PATCHES[patch] >> 8 & 0xff) * 0x010101;
    }

    private static AVFrame paint(Case format) {
        AVPixFmtDescriptor descriptor = format.descriptor();
        AVFrame frame = Ffmpeg.frame(WIDTH, HEIGHT, format.format);
        for (int plane = 0;
                plane < 4 && frame.buf(plane) != null && !frame.buf(plane).isNull();
                plane++) {
            Pointer.memset(frame.buf(plane).data(), 0, frame.buf(plane).size());
        }
        frame.colorspace(format.matrix);
        frame.color_range(format.fullRange ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
        for (int component = 0; component < descriptor.nb_components(); component++) {
            boolean chroma =
                    !format.is(avutil.AV_PIX_FMT_FLAG_RGB)
                            && (component == 1 || component == 2)
                            && !format.isGrey();
            int columns = chroma ? WIDTH >> descriptor.log2_chroma_w() : WIDTH;
            int rows = chroma ? HEIGHT >> descriptor.log2_chroma_h() : HEIGHT;
            int[] line = new int[columns];
            for (int x = 0; x < columns; x++) {
                int patch = x * PATCHES.length / columns;
                line[x] = sample(format, component, color(format, patch));
            }
            try (IntPointer samples = new IntPointer(line)) {
                for (int y = 0; y < rows; y++) {
                    avutil.av_write_image_line2(
                            samples,
                            frame.data(),
                            frame.linesize(),
                            descriptor,
                            0,
                            y,
                            component,
                            columns,
                            Integer.BYTES);
                }
            }
        }
        return frame;
    }

    /** The number that stands for a component of the colour. */
    private static int sample(Case format, int component, int color) {
        double red = (color >> 16 & 0xff) / 255.0;
        double green = (color >> 8 & 0xff) / 255.0;
        double blue = (color & 0xff) / 255.0;
        int depth = format.descriptor().comp(component).depth();
        boolean opaque = component == 3 || (format.isGrey() && component == 1);
        double kr = format.matrix == avutil.AVCOL_SPC_BT709 ? 0.2126 : 0.299;
        double kb = format.matrix == avutil.AVCOL_SPC_BT709 ? 0.0722 : 0.114;
        double luma = kr * red + (1 - kr - kb) * green + kb * blue;
        double value;
        double zero = 0;
        double span = depth < 32 ? (1L << depth) - 1 : 1;
        if (opaque) {
            value = 1;
        } else if (format.isGrey()) {
            value = green;
        } else if (format.is(avutil.AV_PIX_FMT_FLAG_RGB)) {
            value = component == 0 ? red : component == 1 ? green : blue;
        } else {
            double unit = Math.scalb(1, depth - 8);
            if (component > 0) {
                value = component == 1 ? (blue - luma) / (2 - 2 * kb) : (red - luma) / (2 - 2 * kr);
                zero = 128 * unit;
                span = format.fullRange ? span : 224 * unit;
            } else {
                value = luma;
                zero = format.fullRange ? 0 : 16 * unit;
                span = format.fullRange ? span : 219 * unit;
            }
        }
        if (format.is(avutil.AV_PIX_FMT_FLAG_FLOAT)) {
            int bits = Float.floatToIntBits((float) value);
            // Of these values none is too small for sixteen bits.
            return depth == 32 ? bits : value == 0 ? 0 : (bits >> 13) - (112 << 10);
        }
        long most = (1L << depth) - 1;
        return (int) Math.max(0, Math.min(most, Math.round(zero + span * value)));
    }
}
