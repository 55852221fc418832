// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Confidence;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.PooledBuffer;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;

/** Frames of 4x2 pixels at 10 frames/s. */
public final class TestFrames {

    public static final int WIDTH = 4;
    public static final int HEIGHT = 2;

    private final BufferPool pool = new BufferPool(100, new CountingAllocator());

    public Frame video(String stream, long index) {
        return video(stream, index, index);
    }

    /** At another time than is usual. */
    public Frame video(String stream, long index, long pts) {
        return frame(stream, index, pts, null);
    }

    /** Of planes alone, of any samples. */
    public Frame planes(String stream, long index) {
        StreamInfo info = info(stream);
        PooledBuffer pixels = pool.poll(info.yuvBytes());
        pixels.bytes().put(0, Planes.random((int) index, WIDTH, HEIGHT));
        return new Frame(
                info, 0, index, index, 1, null, System.nanoTime(), pixels, null, Planes.VIDEO);
    }

    public Frame picture(String stream, String name) {
        return frame(stream, 0, 0, name);
    }

    private Frame frame(String stream, long index, long pts, String name) {
        StreamInfo info = info(stream);
        return new Frame(
                info, 0, index, pts, 1, name, System.nanoTime(), pool.poll(info.rgbBytes()));
    }

    /** With a mask of these train ids. */
    public SegmentedFrame segmented(Frame frame, int... ids) {
        PooledBuffer buffer = pool.poll(WIDTH * HEIGHT);
        for (int i = 0; i < ids.length; i++) {
            buffer.bytes().put(i, (byte) ids[i]);
        }
        return new SegmentedFrame(frame, new Mask(WIDTH, HEIGHT, buffer), 2);
    }

    /** The same with a second network's mask of these train ids. */
    public SegmentedFrame shadowed(SegmentedFrame frame, int... ids) {
        Mask second = segmented(frame.frame(), ids).mask();
        return new SegmentedFrame(
                frame.frame(), frame.mask(), null, frame.batchSize(), 0, 0, null, second);
    }

    /** The same with this margin and highest score, in 255ths, everywhere. */
    public SegmentedFrame sure(int score, SegmentedFrame frame) {
        PooledBuffer bytes = pool.poll(Confidence.BYTES * WIDTH * HEIGHT);
        for (int i = 0; i < bytes.size(); i++) {
            bytes.bytes().put(i, (byte) score);
        }
        Confidence confidence = new Confidence(WIDTH * HEIGHT, bytes);
        return new SegmentedFrame(frame.frame(), frame.mask(), confidence, frame.batchSize(), 0, 0);
    }

    /** Buffers that were not given back. */
    public int lent() {
        return pool.lent();
    }

    public static StreamInfo info(String stream) {
        return new StreamInfo(
                stream,
                stream + ".mp4",
                WIDTH,
                HEIGHT,
                0,
                new Rational(1, 10),
                new Rational(10, 1),
                new Rational(1, 1),
                ColorMetadata.UNSPECIFIED);
    }
}
