// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import io.stdcseg.frame.MotionField;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.video.convert.FrameConverter;
import java.nio.ByteBuffer;

/** Picture of a live stream: taken from its queue, to be written to a frame and closed. */
public final class LivePicture implements AutoCloseable {

    private final WaitingPicture picture;
    private final LivePosition reached;
    private final FrameConverter converter;

    LivePicture(WaitingPicture picture, LivePosition reached, FrameConverter converter) {
        this.picture = picture;
        this.reached = reached;
        this.converter = converter;
    }

    public StreamInfo info() {
        return picture.info();
    }

    /** Number of the picture in its stream, from 0. */
    public long number() {
        return reached.number() - 1;
    }

    /** In microseconds since 1970. */
    public long pts() {
        return reached.lastMicros();
    }

    /** In microseconds; 0 where unknown. */
    public long duration() {
        return picture.durationMicros();
    }

    /** When it was there, by {@link System#nanoTime()}. */
    public long arrivedNanos() {
        return picture.arrivedNanos();
    }

    /** Motion from the picture before in the stream; null where it is not known. */
    public MotionField motion() {
        return picture.motion();
    }

    /** How far the stream is read once the picture is handed on. */
    public LivePosition reached() {
        return reached;
    }

    /** Writes the upright picture as rows of RGB triples. */
    public void writeRgb(ByteBuffer target) {
        converter.writeRgb(picture.frame(), target);
    }

    /** Writes the picture as it is coded, 8-bit planar YUV 4:2:0. */
    public void writeYuv(ByteBuffer target) {
        converter.writeYuv(picture.frame(), target);
    }

    /**
     * How the planes that {@link #writeYuv} writes become the RGB that {@link #writeRgb} does; null
     * where they do not, to the bit.
     */
    public YuvToRgb yuvToRgb() {
        return converter.yuvToRgb(picture.frame());
    }

    @Override
    public void close() {
        picture.free();
    }
}
