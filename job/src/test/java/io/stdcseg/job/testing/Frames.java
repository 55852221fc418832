// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Confidence;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.PooledBuffer;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;

/** Frames of a {@link FakeDecoder}'s streams, with masks; counts what is not given back. */
public final class Frames {

    private final BufferPool pool;

    public Frames(BufferPool pool) {
        this.pool = pool;
    }

    public int lent() {
        return pool.lent();
    }

    public Frame frame(String stream, long index) {
        return frame(stream, 0, index);
    }

    /** The first of a stream of pictures. */
    public Frame picture(String stream, String name) {
        return frame(stream, 0, 0, name);
    }

    public Frame frame(String stream, int range, long index) {
        return frame(stream, range, index, null);
    }

    private Frame frame(String stream, int range, long index, String name) {
        return frame(FakeDecoder.info(stream), range, index, FakeDecoder.pts(index), name);
    }

    /** A frame of a stream that is as it likes. */
    public Frame frame(StreamInfo info, int range, long index, long pts, String name) {
        PooledBuffer pixels = pool.poll(info.rgbBytes() + info.yuvBytes());
        pixels.bytes().put(info.rgbBytes(), (byte) index);
        return new Frame(info, range, index, pts, FakeDecoder.TICKS, name, 0, pixels);
    }

    public SegmentedFrame segmented(String stream, long index) {
        return segmented(frame(stream, index), (byte) (index % 19));
    }

    /** The same with a confidence of 0. */
    public SegmentedFrame withConfidence(SegmentedFrame frame) {
        int pixels = frame.frame().info().maskBytes();
        PooledBuffer bytes = pool.poll(Confidence.BYTES * pixels);
        for (int i = 0; i < Confidence.BYTES * pixels; i++) {
            bytes.bytes().put(i, (byte) 0);
        }
        Confidence confidence = new Confidence(pixels, bytes);
        return new SegmentedFrame(frame.frame(), frame.mask(), confidence, frame.batchSize(), 0, 0);
    }

    public SegmentedFrame segmented(Frame frame, byte id) {
        StreamInfo info = frame.info();
        PooledBuffer ids = pool.poll(info.maskBytes());
        for (int i = 0; i < info.maskBytes(); i++) {
            ids.bytes().put(i, id);
        }
        return new SegmentedFrame(
                frame, new Mask(info.displayWidth(), info.displayHeight(), ids), 1);
    }
}
