// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import io.stdcseg.error.InputException;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.Ffmpeg.FfmpegException;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Scaler and converter of pictures by swscale: to another pixel format, size, matrix or range.
 * Keeps its context while pictures stay alike. Owned by one thread at a time.
 */
public final class Scaler implements AutoCloseable {

    private static final int UNITY = 1 << 16;

    private static final int RGB_MATRIX = avutil.AVCOL_SPC_BT709;

    /** Formats that swscale says it takes, and ends the process over or makes nonsense of. */
    private static final Set<Integer> NOT_CONVERTIBLE =
            Set.of(
                    avutil.AV_PIX_FMT_UYYVYY411,
                    avutil.AV_PIX_FMT_YAF16BE,
                    avutil.AV_PIX_FMT_YAF16LE,
                    avutil.AV_PIX_FMT_YAF32BE,
                    avutil.AV_PIX_FMT_YAF32LE);

    private final int flags;
    private SwsContext context;
    private Conversion prepared;

    /**
     * @param flags of swscale
     */
    public Scaler(int flags) {
        this.flags = flags;
    }

    /** Fills {@code target}'s planes, which lie in memory that is there already, in that format. */
    public void convert(AVFrame source, AVFrame target, PictureFormat format) {
        Conversion wanted = new Conversion(PictureFormat.of(source), format);
        if (!wanted.equals(prepared)) {
            prepare(wanted);
        }
        Ffmpeg.check(
                swscale.sws_scale(
                        context,
                        source.data(),
                        source.linesize(),
                        0,
                        source.height(),
                        target.data(),
                        target.linesize()),
                "convert a picture");
    }

    private void prepare(Conversion wanted) {
        close();
        PictureFormat from = wanted.from;
        PictureFormat to = wanted.to;
        if (!isConvertible(from.pixelFormat)) {
            throw new InputException(
                    "pictures of format "
                            + avutil.av_get_pix_fmt_name(from.pixelFormat).getString()
                            + " cannot be converted");
        }
        context =
                swscale.sws_getContext(
                        from.width,
                        from.height,
                        from.pixelFormat,
                        to.width,
                        to.height,
                        to.pixelFormat,
                        flags,
                        null,
                        null,
                        (DoublePointer) null);
        if (context == null || context.isNull()) {
            context = null;
            throw new FfmpegException(
                    "convert pictures of "
                            + from.width
                            + "x"
                            + from.height
                            + " in format "
                            + avutil.av_get_pix_fmt_name(from.pixelFormat).getString());
        }
        IntPointer fromCoefficients = swscale.sws_getCoefficients(from.matrix);
        IntPointer toCoefficients = swscale.sws_getCoefficients(to.matrix);
        swscale.sws_setColorspaceDetails(
                context,
                fromCoefficients,
                from.fullRange ? 1 : 0,
                toCoefficients,
                to.fullRange ? 1 : 0,
                0,
                UNITY,
                UNITY);
        prepared = wanted;
    }

    /** Whether pictures of this format can be converted at all. */
    static boolean isConvertible(int pixelFormat) {
        return swscale.sws_isSupportedInput(pixelFormat) != 0
                && !NOT_CONVERTIBLE.contains(pixelFormat);
    }

    @Override
    public void close() {
        if (context != null) {
            swscale.sws_freeContext(context);
            context = null;
            prepared = null;
        }
    }

    /**
     * Format of a picture: its size, and what its numbers mean.
     *
     * @param matrix of YUV; for RGB any, as long as RGB of both sides has the same: from one deep
     *     RGB to another swscale goes by YUV and back
     */
    public record PictureFormat(
            int width, int height, int pixelFormat, int matrix, boolean fullRange) {

        /** 8-bit RGB of that size. */
        public static PictureFormat rgb(int width, int height) {
            return new PictureFormat(width, height, avutil.AV_PIX_FMT_RGB24, RGB_MATRIX, true);
        }

        /** RGB of 16 bits, of that size. */
        static PictureFormat rgb48(int width, int height) {
            return new PictureFormat(width, height, avutil.AV_PIX_FMT_RGB48, RGB_MATRIX, true);
        }

        /** Format of a decoded picture. */
        static PictureFormat of(AVFrame frame) {
            return new PictureFormat(
                    frame.width(),
                    frame.height(),
                    ColorSpaces.withoutYuvj(frame.format()),
                    ColorSpaces.isRgb(frame.format()) ? RGB_MATRIX : ColorSpaces.matrix(frame),
                    ColorSpaces.isFullRange(frame));
        }
    }

    private record Conversion(PictureFormat from, PictureFormat to) {}
}
