// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

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
final class Scaler implements AutoCloseable {

    private static final int UNITY = 1 << 16;

    private final int flags;
    private SwsContext context;
    private Conversion prepared;

    /**
     * @param flags of swscale
     */
    Scaler(int flags) {
        this.flags = flags;
    }

    /** What a picture's numbers mean. */
    record Meaning(int width, int height, int format, int matrix, boolean fullRange) {

        static Meaning of(AVFrame frame) {
            return new Meaning(
                    frame.width(),
                    frame.height(),
                    Colors.plainFormat(frame.format()),
                    Colors.matrix(frame.colorspace(), frame.width(), frame.height()),
                    Colors.isFullRange(frame));
        }
    }

    private record Conversion(Meaning from, Meaning to) {}

    /** Fills {@code target}'s planes, which lie in memory that is there already. */
    void convert(AVFrame source, AVFrame target, Meaning meaning) {
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
                    "pictures of format "
                            + avutil.av_get_pix_fmt_name(from.format).getString()
                            + " cannot be converted",
                    avutil.AVERROR_INVALIDDATA);
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

    @Override
    public void close() {
        if (context != null) {
            swscale.sws_freeContext(context);
            context = null;
            prepared = null;
        }
    }
}
