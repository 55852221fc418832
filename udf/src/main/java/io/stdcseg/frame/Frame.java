// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.nio.ByteBuffer;

/**
 * Frame: one decoded picture with its place in its stream.
 *
 * <p>The pixels are borrowed from a {@link BufferPool}: the last reader calls {@link #close()},
 * once. The buffer holds the upright picture as interleaved RGB (what the network reads), then, if
 * the video is to be written, the coded picture as planar YUV 4:2:0 (what the overlay is drawn
 * into). Where a network takes planes, it holds these alone: they are both.
 */
public final class Frame implements FrameElement, AutoCloseable {

    private final StreamInfo info;
    private final int range;
    private final long index;
    private final long pts;
    private final long duration;
    private final String name;
    private final long decodedNanos;
    private final PooledBuffer pixels;
    private final MotionField motion;
    private final YuvToRgb yuvToRgb;

    /** A frame of whose motion nothing is known. */
    public Frame(
            StreamInfo info,
            int range,
            long index,
            long pts,
            long duration,
            String name,
            long decodedNanos,
            PooledBuffer pixels) {
        this(info, range, index, pts, duration, name, decodedNanos, pixels, null, null);
    }

    /**
     * @param info the stream's description
     * @param range which range of the stream's cut the frame belongs to, from 0
     * @param index number of the picture in its stream, whatever range it came in, from 0
     * @param pts presentation time in ticks of the stream's time base
     * @param duration in ticks; 0 where unknown
     * @param name the picture's file name without ending, or null for a video
     * @param decodedNanos {@link System#nanoTime()} when decoding ended
     * @param pixels RGB, then YUV if its size leaves room for it; where {@code yuvToRgb} is there
     *     YUV alone, which may leave some of it unused
     * @param motion from the picture before in its stream; null where it is not known; closed with
     *     the frame
     * @param yuvToRgb how what reads the picture makes RGB of its planes; null where RGB is there
     */
    public Frame(
            StreamInfo info,
            int range,
            long index,
            long pts,
            long duration,
            String name,
            long decodedNanos,
            PooledBuffer pixels,
            MotionField motion,
            YuvToRgb yuvToRgb) {
        int size = pixels.size();
        boolean fits =
                yuvToRgb == null
                        ? size == info.rgbBytes() || size == info.rgbBytes() + info.yuvBytes()
                        : size >= info.yuvBytes();
        if (!fits) {
            throw new IllegalArgumentException(
                    "buffer of "
                            + size
                            + " bytes for a frame of stream "
                            + info.name()
                            + "; RGB takes "
                            + info.rgbBytes()
                            + ", YUV another "
                            + info.yuvBytes());
        }
        this.info = info;
        this.range = range;
        this.index = index;
        this.pts = pts;
        this.duration = duration;
        this.name = name;
        this.decodedNanos = decodedNanos;
        this.pixels = pixels;
        this.motion = motion;
        this.yuvToRgb = yuvToRgb;
    }

    public StreamInfo info() {
        return info;
    }

    @Override
    public String stream() {
        return info.name();
    }

    public int range() {
        return range;
    }

    public long index() {
        return index;
    }

    public long pts() {
        return pts;
    }

    public long duration() {
        return duration;
    }

    /** The picture's file name without ending; null for a frame of a video. */
    public String name() {
        return name;
    }

    public long decodedNanos() {
        return decodedNanos;
    }

    /** Motion from the picture before in its stream; null where it is not known. */
    public MotionField motion() {
        return motion;
    }

    /** How what reads {@link #picture()} makes RGB of its planes; null where it is RGB. */
    public YuvToRgb yuvToRgb() {
        return yuvToRgb;
    }

    /** What a network reads: {@link #rgb()}, or {@link #yuv()} where that is there alone. */
    public ByteBuffer picture() {
        return yuvToRgb == null ? rgb() : yuv();
    }

    /** The upright picture: {@code displayHeight} rows of {@code displayWidth} RGB triples. */
    public ByteBuffer rgb() {
        if (yuvToRgb != null) {
            throw new IllegalStateException("frame " + this + " was decoded without RGB");
        }
        return pixels.bytes().slice(0, info.rgbBytes());
    }

    /** Whether {@link #yuv()} is there. */
    public boolean hasYuv() {
        return yuvToRgb != null || pixels.size() > info.rgbBytes();
    }

    /** The coded picture: planes Y, U, V without padding. Its holder may draw into it. */
    public ByteBuffer yuv() {
        if (!hasYuv()) {
            throw new IllegalStateException("frame " + this + " was decoded without YUV");
        }
        return pixels.bytes().slice(yuvToRgb == null ? info.rgbBytes() : 0, info.yuvBytes());
    }

    /** Gives the pixels back, and the motion; further calls do nothing. */
    @Override
    public void close() {
        pixels.close();
        if (motion != null) {
            motion.close();
        }
    }

    @Override
    public String toString() {
        return stream() + "#" + index;
    }
}
