// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.frame.YuvToRgb;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.IntPointer;

/**
 * Colour spaces of pictures, in the codes of ISO/IEC 23091-2 (CICP) that FFmpeg uses: matrix
 * coefficients and range as tagged, else as players guess them.
 */
public final class ColorSpaces {

    private static final int HD_WIDTH = 1280;
    private static final int SD_HEIGHT = 576;

    /** 1 in swscale's coefficients. */
    private static final long UNITY = 1 << 16;

    private ColorSpaces() {}

    /**
     * Colours of the planar YUV 4:2:0 that frames like this one are turned into: the frame's own,
     * those of the system for its size where the frame is RGB, BT.709 where it is HDR.
     */
    public static ColorMetadata of(AVFrame frame) {
        int width = frame.width();
        int height = frame.height();
        if (HdrToSdr.isHdr(frame.color_trc())) {
            return RgbToYuv.COLOR;
        }
        if (isRgb(frame.format())) {
            return new ColorMetadata(
                    frame.color_primaries(), frame.color_trc(), bySize(width, height), false);
        }
        return new ColorMetadata(
                frame.color_primaries(),
                frame.color_trc(),
                frame.colorspace() == avutil.AVCOL_SPC_RGB
                        ? avutil.AVCOL_SPC_UNSPECIFIED
                        : frame.colorspace(),
                isFullRange(frame));
    }

    static boolean isFullRange(AVFrame frame) {
        return frame.color_range() == avutil.AVCOL_RANGE_JPEG
                || isRgb(frame.format())
                || withoutYuvj(frame.format()) != frame.format();
    }

    static boolean isRgb(int format) {
        AVPixFmtDescriptor descriptor = avutil.av_pix_fmt_desc_get(format);
        long rgb = avutil.AV_PIX_FMT_FLAG_RGB | avutil.AV_PIX_FMT_FLAG_PAL;
        return descriptor != null && (descriptor.flags() & rgb) != 0;
    }

    /** The matrix in force in a YUV picture; HDR is in that of BT.2020 unless it says otherwise. */
    public static int matrix(AVFrame frame) {
        boolean tagged = frame.colorspace() != avutil.AVCOL_SPC_UNSPECIFIED;
        return !tagged && HdrToSdr.isHdr(frame.color_trc())
                ? avutil.AVCOL_SPC_BT2020_NCL
                : matrix(frame.colorspace(), frame.width(), frame.height());
    }

    /** The matrix in force: the one that is tagged, or what size suggests as players do. */
    public static int matrix(int tagged, int width, int height) {
        return switch (tagged) {
            case avutil.AVCOL_SPC_UNSPECIFIED, avutil.AVCOL_SPC_RESERVED, avutil.AVCOL_SPC_RGB ->
                    bySize(width, height);
            default -> tagged;
        };
    }

    /**
     * The conversion from 8-bit YUV 4:2:0 that swscale's vector code for x86 has, with the numbers
     * that it works with ({@code ff_yuv2rgb_c_init_tables} in its {@code yuv2rgb.c}).
     */
    static YuvToRgb toRgb(int matrix, boolean fullRange) {
        // Of V in red, of U in blue, and what both take from green: for chroma of limited range.
        IntPointer table = swscale.sws_getCoefficients(matrix);
        return new YuvToRgb(
                fullRange ? 0 : 8 * 16,
                in8192ths(fullRange ? UNITY : UNITY * 255 / 219),
                chroma(-table.get(2), fullRange),
                chroma(table.get(1), fullRange),
                chroma(table.get(0), fullRange),
                chroma(-table.get(3), fullRange));
    }

    private static int chroma(long coefficient, boolean fullRange) {
        return in8192ths(fullRange ? coefficient * 224 / 255 : coefficient);
    }

    private static int in8192ths(long in65536ths) {
        return (int) ((in65536ths + 4) >> 3);
    }

    /** The pixel format without a range: FFmpeg's deprecated YUVJ formats are full range. */
    static int withoutYuvj(int format) {
        return switch (format) {
            case avutil.AV_PIX_FMT_YUVJ411P -> avutil.AV_PIX_FMT_YUV411P;
            case avutil.AV_PIX_FMT_YUVJ420P -> avutil.AV_PIX_FMT_YUV420P;
            case avutil.AV_PIX_FMT_YUVJ422P -> avutil.AV_PIX_FMT_YUV422P;
            case avutil.AV_PIX_FMT_YUVJ440P -> avutil.AV_PIX_FMT_YUV440P;
            case avutil.AV_PIX_FMT_YUVJ444P -> avutil.AV_PIX_FMT_YUV444P;
            default -> format;
        };
    }

    private static int bySize(int width, int height) {
        boolean hd = Math.max(width, height) >= HD_WIDTH || Math.min(width, height) > SD_HEIGHT;
        return hd ? avutil.AVCOL_SPC_BT709 : avutil.AVCOL_SPC_SMPTE170M;
    }
}
