// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.NativeResources;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;

/**
 * Resize of a stream's packed YUV 4:2:0 pictures and of their masks to fewer rows, its aspect kept.
 * Owned by one thread at a time.
 */
public final class PictureResize implements AutoCloseable {

    private static final int PLANES = 3;

    private final StreamInfo from;
    private final StreamInfo to;
    private final NativeResources resources = new NativeResources();
    private final AVFrame source;
    private final AVFrame target;
    private final Scaler scaler;
    private final Scaler.PictureFormat format;
    private final ByteBuffer yuv;
    private final ByteBuffer mask;

    /**
     * @param rows of the picture as it is shown; less than it has
     */
    public PictureResize(StreamInfo info, int rows) {
        this.from = info;
        this.to = resized(info, rows);
        this.yuv = ByteBuffer.allocateDirect(to.yuvBytes());
        this.mask = ByteBuffer.allocateDirect(to.maskBytes());
        this.format =
                new Scaler.PictureFormat(
                        to.width(),
                        to.height(),
                        avutil.AV_PIX_FMT_YUV420P,
                        to.color().matrix(),
                        to.color().fullRange());
        this.scaler = resources.add(new Scaler(swscale.SWS_AREA), Scaler::close);
        try {
            this.source = resources.add(frame(from), avutil::av_frame_free);
            this.target = resources.add(frame(to), avutil::av_frame_free);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    /** Pictures of that many rows, as they are shown, with even sides. */
    public static StreamInfo resized(StreamInfo info, int rows) {
        double scale = rows / (double) info.displayHeight();
        int width = even(info.width() * scale);
        int height = even(info.height() * scale);
        ColorMetadata color = info.color();
        return new StreamInfo(
                info.name(),
                info.source(),
                width,
                height,
                info.rotation(),
                info.timeBase(),
                info.frameRate(),
                pixelAspect(info, width, height),
                // What size suggested must not change with it.
                new ColorMetadata(
                        color.primaries(),
                        color.transfer(),
                        ColorSpaces.matrix(color.matrix(), info.width(), info.height()),
                        color.fullRange()));
    }

    private static int even(double side) {
        return Math.max(2, 2 * (int) Math.round(side / 2));
    }

    /** What makes up for sides that were rounded; the old one where the fraction grows too long. */
    private static Rational pixelAspect(StreamInfo info, int width, int height) {
        Rational before = info.pixelAspect();
        BigInteger wide = product(before.numerator(), info.width(), height);
        BigInteger high = product(before.denominator(), info.height(), width);
        BigInteger common = wide.gcd(high);
        wide = wide.divide(common);
        high = high.divide(common);
        boolean fits = Math.max(wide.bitLength(), high.bitLength()) <= Short.SIZE;
        return fits ? new Rational(wide.intValue(), high.intValue()) : before;
    }

    private static BigInteger product(long a, long b, long c) {
        return BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(b))
                .multiply(BigInteger.valueOf(c));
    }

    private static AVFrame frame(StreamInfo info) {
        AVFrame frame = Ffmpeg.frame();
        frame.width(info.width()).height(info.height()).format(avutil.AV_PIX_FMT_YUV420P);
        frame.colorspace(info.color().matrix());
        frame.color_range(
                info.color().fullRange() ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
        return frame;
    }

    /** Size and the rest of the resized pictures. */
    public StreamInfo info() {
        return to;
    }

    /**
     * Resizes a picture; the next call overwrites it.
     *
     * @param picture direct; planes Y, U, V from its position on
     */
    public ByteBuffer resize(ByteBuffer picture) {
        point(source, picture, from);
        point(target, yuv, to);
        scaler.convert(source, target, format);
        return yuv;
    }

    private static void point(AVFrame frame, ByteBuffer yuv, StreamInfo info) {
        BytePointer memory = FfmpegTypes.pointer(yuv, info.yuvBytes(), "YUV of " + info.name());
        int chromaWidth = (info.width() + 1) / 2;
        long luma = (long) info.width() * info.height();
        long chroma = (long) chromaWidth * ((info.height() + 1) / 2);
        long start = memory.position();
        for (int plane = 0; plane < PLANES; plane++) {
            long offset = plane == 0 ? 0 : luma + (plane - 1) * chroma;
            frame.data(plane, new BytePointer(memory).position(start + offset));
            frame.linesize(plane, plane == 0 ? info.width() : chromaWidth);
        }
    }

    /**
     * Samples the mask of an upright picture; the next call overwrites it.
     *
     * @param ids of the source's size as it is shown, from the buffer's position on
     */
    public ByteBuffer sample(ByteBuffer ids) {
        int width = to.displayWidth();
        int height = to.displayHeight();
        int start = ids.position();
        int[] columns = nearest(from.displayWidth(), width);
        int[] rows = nearest(from.displayHeight(), height);
        for (int y = 0; y < height; y++) {
            int row = start + rows[y] * from.displayWidth();
            for (int x = 0; x < width; x++) {
                mask.put(y * width + x, ids.get(row + columns[x]));
            }
        }
        return mask;
    }

    /** Where the middle of each of {@code to} samples lies among {@code from}. */
    private static int[] nearest(int from, int to) {
        int[] places = new int[to];
        for (int i = 0; i < to; i++) {
            places[i] = (int) ((2L * i + 1) * from / (2L * to));
        }
        return places;
    }

    @Override
    public void close() {
        resources.close();
    }
}
