// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.source.PlannedStream;
import io.stdcseg.video.Picture;
import io.stdcseg.video.PictureReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Picture files as a stream: picture n is shown at n ticks of a fixed rate, and keeps its size.
 *
 * <p>Files do not say how fast they were taken; {@link #RATE} is that of the labelled road scenes
 * most of them come from.
 */
final class PictureFrames implements FrameDecoder {

    /** Pictures per second. */
    static final int RATE = 15;

    private static final Rational TICK = new Rational(1, RATE);

    private final PlannedStream stream;
    private int number = -1;
    private Picture picture;
    private StreamInfo info;

    PictureFrames(PlannedStream stream) {
        this.stream = stream;
    }

    @Override
    public long announcedFrames() {
        return stream.pictures().size();
    }

    @Override
    public double announcedSeconds() {
        return stream.pictures().size() / (double) RATE;
    }

    @Override
    public boolean advance() {
        if (++number >= stream.pictures().size()) {
            return false;
        }
        Path file = Path.of(stream.path()).resolve(stream.pictures().get(number));
        picture = PictureReader.read(file);
        info = picture.stream(stream.name(), stream.source(), TICK, new Rational(RATE, 1));
        return true;
    }

    @Override
    public boolean skip() {
        if (number + 1 >= stream.pictures().size()) {
            return false;
        }
        number++;
        return true;
    }

    @Override
    public StreamInfo info() {
        return info;
    }

    @Override
    public long pts() {
        return number;
    }

    @Override
    public double time() {
        return number * TICK.value();
    }

    @Override
    public long duration() {
        return 1;
    }

    /** The picture's path in its folder, without its ending, with {@code /} between folders. */
    @Override
    public String name() {
        String file = stream.pictures().get(number).replace('\\', '/');
        int dot = file.lastIndexOf('.');
        return dot > file.lastIndexOf('/') + 1 ? file.substring(0, dot) : file;
    }

    @Override
    public void writeRgb(ByteBuffer target) {
        picture.writeRgb(target);
    }

    @Override
    public void writeYuv(ByteBuffer target) {
        picture.writeYuv(target);
    }

    @Override
    public void close() {
        picture = null;
    }
}
