// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.job.source.reader.FrameDecoder;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * A stream of {@code frames} pictures of 4x2 at 10 Hz in ticks of a millisecond, starting at 500;
 * every byte of picture n is n.
 */
public class FakeDecoder implements FrameDecoder {

    public static final int WIDTH = 4;
    public static final int HEIGHT = 2;
    public static final long FIRST_PTS = 500;
    public static final long TICKS = 100;

    private final String name;
    private final int frames;
    private final Set<Integer> damaged;
    private int number = -1;
    private boolean closed;

    public FakeDecoder(String name, int frames, Set<Integer> damaged) {
        this.name = name;
        this.frames = frames;
        this.damaged = damaged;
    }

    public static StreamInfo info(String name) {
        return new StreamInfo(
                name,
                "/videos/" + name + ".mp4",
                WIDTH,
                HEIGHT,
                0,
                new Rational(1, 1000),
                new Rational(10, 1),
                new Rational(1, 1),
                ColorMetadata.UNSPECIFIED);
    }

    public static long pts(long number) {
        return FIRST_PTS + number * TICKS;
    }

    @Override
    public long announcedFrames() {
        return frames;
    }

    @Override
    public double announcedSeconds() {
        return frames / 10.0;
    }

    @Override
    public boolean advance() {
        number++;
        if (damaged.contains(number)) {
            throw new InputException("picture " + number + " of " + name + " is damaged");
        }
        return number < frames;
    }

    @Override
    public StreamInfo info() {
        return info(name);
    }

    @Override
    public long pts() {
        return pts(number);
    }

    @Override
    public double time() {
        return number / 10.0;
    }

    @Override
    public long duration() {
        return TICKS;
    }

    @Override
    public String name() {
        return null;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public void writeRgb(ByteBuffer target) {
        fill(target);
    }

    @Override
    public void writeYuv(ByteBuffer rgb, ByteBuffer target) {
        fill(target);
    }

    private void fill(ByteBuffer target) {
        for (int i = 0; i < target.capacity(); i++) {
            target.put(i, (byte) number);
        }
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
