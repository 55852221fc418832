// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegTypes;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;

/**
 * Converter of the decoded pictures of one stream, whatever their pixel format, to upright RGB and
 * to planar YUV 4:2:0; of HDR to SDR. Owned by one thread at a time.
 */
public final class FrameConverter implements AutoCloseable {

    /** Rows that are a multiple of this long can be written in place by vector code. */
    private static final int VECTOR_ALIGNMENT = 32;

    private final StreamInfo info;
    private final boolean exact;
    private final int matrix;
    private final Scaler toRgb;
    private final Scaler toYuv;
    private final Scaler toRgb48;
    private final AVFrame view = Ffmpeg.frame();
    private AVFrame rgb;
    private AVFrame yuv;
    private HdrToSdr toneMapping;
    private AVFrame rgb48;
    private AVFrame sdr;
    private boolean sdrIsCurrent;
    private byte[] coded;
    private byte[] upright;
    private YuvToRgb yuvToRgb;
    private boolean closed;

    /**
     * @param exact whether chroma is interpolated and rounded with care (single pictures) rather
     *     than fast (video)
     */
    public FrameConverter(StreamInfo info, boolean exact) {
        this.info = info;
        this.exact = exact;
        this.matrix = ColorSpaces.matrix(info.color().matrix(), info.width(), info.height());
        int care = swscale.SWS_FULL_CHR_H_INT | swscale.SWS_ACCURATE_RND;
        // The last flag is for deep RGB: by default swscale takes the colour of every other pixel.
        this.toRgb =
                new Scaler(swscale.SWS_BICUBIC | (exact ? care : 0) | swscale.SWS_FULL_CHR_H_INP);
        this.toYuv = new Scaler(swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND);
        this.toRgb48 = new Scaler(swscale.SWS_BICUBIC | care);
    }

    /** Writes the picture upright as interleaved RGB, from the buffer's position on. */
    public void writeRgb(AVFrame source, ByteBuffer target) {
        AVFrame picture = sdr(source);
        int stride = 3 * info.width();
        BytePointer memory = FfmpegTypes.pointer(target, info.rgbBytes(), "RGB");
        Scaler.PictureFormat format = Scaler.PictureFormat.rgb(info.width(), info.height());
        if (info.rotation() == 0 && info.width() % VECTOR_ALIGNMENT == 0) {
            view.data(0, memory).linesize(0, stride);
            toRgb.convert(picture, view, format);
            view.data(0, null);
            return;
        }
        if (rgb == null) {
            rgb = picture(avutil.AV_PIX_FMT_RGB24);
        }
        toRgb.convert(picture, rgb, format);
        if (info.rotation() == 0) {
            copy(rgb, memory, info.rgbBytes());
        } else {
            rotate(target);
        }
    }

    /**
     * How the planes that {@link #writeYuv} writes become, to the bit, the RGB that {@link
     * #writeRgb} does.
     *
     * @return null where they do not: they are not the picture as it was decoded, or swscale goes
     *     another way than in a hurry, with pictures of even width and height, in code for x86
     */
    public YuvToRgb yuvToRgb(AVFrame source) {
        boolean asDecoded = isYuv420(source) && !HdrToSdr.isHdr(source.color_trc());
        boolean inAHurry = !exact && info.height() % 2 == 0 && info.width() % 2 == 0;
        if (!asDecoded
                || !inAHurry
                || info.rotation() != 0
                || ColorSpaces.matrix(source) != matrix
                || !SwscaleTrial.passed()) {
            return null;
        }
        if (yuvToRgb == null) {
            yuvToRgb = ColorSpaces.toRgb(matrix, info.color().fullRange());
        }
        return yuvToRgb;
    }

    /** Writes the picture as it is coded, planes Y, U, V, from the buffer's position on. */
    public void writeYuv(AVFrame source, ByteBuffer target) {
        BytePointer memory = FfmpegTypes.pointer(target, info.yuvBytes(), "YUV");
        AVFrame picture = sdr(source);
        if (isYuv420(picture)) {
            copy(picture, memory, info.yuvBytes());
            return;
        }
        if (yuv == null) {
            yuv = picture(avutil.AV_PIX_FMT_YUV420P);
        }
        toYuv.convert(
                picture,
                yuv,
                new Scaler.PictureFormat(
                        info.width(),
                        info.height(),
                        avutil.AV_PIX_FMT_YUV420P,
                        matrix,
                        info.color().fullRange()));
        copy(yuv, memory, info.yuvBytes());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            toRgb.close();
            toYuv.close();
            toRgb48.close();
            avutil.av_frame_free(rgb48);
            avutil.av_frame_free(sdr);
            avutil.av_frame_free(view);
            avutil.av_frame_free(rgb);
            avutil.av_frame_free(yuv);
        }
    }

    /** Another picture has come into the frame that the last one was in. */
    public void nextPicture() {
        sdrIsCurrent = false;
    }

    /** The picture, or what SDR has of it; kept, since a picture is asked for as RGB and as YUV. */
    private AVFrame sdr(AVFrame source) {
        if (!HdrToSdr.isHdr(source.color_trc())) {
            return source;
        }
        if (sdrIsCurrent) {
            return sdr;
        }
        if (rgb48 == null || rgb48.width() != source.width() || rgb48.height() != source.height()) {
            avutil.av_frame_free(rgb48);
            avutil.av_frame_free(sdr);
            rgb48 = Ffmpeg.frame(source.width(), source.height(), avutil.AV_PIX_FMT_RGB48);
            sdr = Ffmpeg.frame(source.width(), source.height(), avutil.AV_PIX_FMT_RGB24);
        }
        if (toneMapping == null
                || !toneMapping.isFor(source.color_trc(), source.color_primaries())) {
            toneMapping = new HdrToSdr(source.color_trc(), source.color_primaries());
        }
        toRgb48.convert(source, rgb48, Scaler.PictureFormat.rgb48(source.width(), source.height()));
        toneMapping.map(rgb48, sdr);
        sdrIsCurrent = true;
        return sdr;
    }

    private boolean isYuv420(AVFrame source) {
        return ColorSpaces.withoutYuvj(source.format()) == avutil.AV_PIX_FMT_YUV420P
                && source.width() == info.width()
                && source.height() == info.height()
                && ColorSpaces.isFullRange(source) == info.color().fullRange();
    }

    private AVFrame picture(int format) {
        return Ffmpeg.frame(info.width(), info.height(), format);
    }

    private static void copy(AVFrame source, BytePointer target, int bytes) {
        Ffmpeg.check(
                avutil.av_image_copy_to_buffer(
                        target,
                        bytes,
                        source.data(),
                        source.linesize(),
                        source.format(),
                        source.width(),
                        source.height(),
                        1),
                "copy a picture");
    }

    private void rotate(ByteBuffer target) {
        if (coded == null) {
            coded = new byte[info.rgbBytes()];
            upright = new byte[info.rgbBytes()];
        }
        int row = 3 * info.width();
        BytePointer rows = rgb.data(0);
        for (int y = 0; y < info.height(); y++) {
            rows.position((long) y * rgb.linesize(0)).get(coded, y * row, row);
        }
        Rotation.clockwise(coded, info.width(), info.height(), 3, info.rotation(), upright);
        target.duplicate().put(upright);
    }
}
