// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.source.reader.FrameDecoder;
import java.nio.ByteBuffer;

/** A decoder that waits for a checkpoint before every {@code period}th picture. */
public final class GatedDecoder implements FrameDecoder {

    private final FrameDecoder decoder;
    private final int period;
    private int number;

    public GatedDecoder(FrameDecoder decoder, int period) {
        this.decoder = decoder;
        this.period = period;
    }

    @Override
    public boolean advance() {
        if (++number % period == 0) {
            CheckpointGate.awaitNext();
        }
        return decoder.advance();
    }

    @Override
    public long announcedFrames() {
        return decoder.announcedFrames();
    }

    @Override
    public double announcedSeconds() {
        return decoder.announcedSeconds();
    }

    @Override
    public long leftOut() {
        return decoder.leftOut();
    }

    @Override
    public long number() {
        return decoder.number();
    }

    @Override
    public StreamInfo info() {
        return decoder.info();
    }

    @Override
    public long pts() {
        return decoder.pts();
    }

    @Override
    public double time() {
        return decoder.time();
    }

    @Override
    public long duration() {
        return decoder.duration();
    }

    @Override
    public String name() {
        return decoder.name();
    }

    @Override
    public void writeRgb(ByteBuffer target) {
        decoder.writeRgb(target);
    }

    @Override
    public void writeYuv(ByteBuffer rgb, ByteBuffer target) {
        decoder.writeYuv(rgb, target);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
