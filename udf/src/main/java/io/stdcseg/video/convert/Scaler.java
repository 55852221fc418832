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
 * Turns pictures into another format, size, matrix or range; keeps what it prepared for as long as
 * pictures stay alike. Owned by one thread at a time.
 */
public final class Scaler implements AutoCloseable {

    private static final int UNITY = 1 << 16;

    private static final int RGB_MATRIX = avutil.AVCOL_SPC_BT709;

    /** What swscale says that it takes, and ends the process over or makes nonsense of. */
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

    /**
     * What a picture's numbers mean.
     *
     * @param matrix of YUV; for RGB any, as long as RGB of both sides has the same: from one deep
     *     RGB to another swscale goes by YUV and back
     */
    public record Meaning(int width, int height, int format, int matrix, boolean fullRange) {

        /** 8-bit RGB of that size. */
        public static Meaning rgb(int width, int height) {
            return new Meaning(width, height, avutil.AV_PIX_FMT_RGB24, RGB_MATRIX, true);
        }

        /** RGB of 16 bits, of that size. */
        public static Meaning deepRgb(int width, int height) {
            return new Meaning(width, height, avutil.AV_PIX_FMT_RGB48, RGB_MATRIX, true);
        }

        public static Meaning of(AVFrame frame) {
            return new Meaning(
                    frame.width(),
                    frame.height(),
                    ColorSpaces.plainFormat(frame.format()),
                    ColorSpaces.isRgb(frame.format()) ? RGB_MATRIX : ColorSpaces.matrix(frame),
                    ColorSpaces.isFullRange(frame));
        }
    }

    private record Conversion(Meaning from, Meaning to) {}

    /** Fills {@code target}'s planes, which lie in memory that is there already. */
    public void convert(AVFrame source, AVFrame target, Meaning meaning) {
        Conversion wanted = new Conversion(Meaning.of(source), meaning);
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
        Meaning from = wanted.from;
        Meaning to = wanted.to;
        if (!convertible(from.format)) {
            throw new InputException(
                    "pictures of format "
                            + avutil.av_get_pix_fmt_name(from.format).getString()
                            + " cannot be converted");
        }
        context =
                swscale.sws_getContext(
                        from.width,
                        from.height,
                        from.format,
                        to.width,
                        to.height,
                        to.format,
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
                            + avutil.av_get_pix_fmt_name(from.format).getString());
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
    static boolean convertible(int format) {
        return swscale.sws_isSupportedInput(format) != 0 && !NOT_CONVERTIBLE.contains(format);
    }

    @Override
    public void close() {
        if (context != null) {
            swscale.sws_freeContext(context);
            context = null;
            prepared = null;
        }
    }
}
