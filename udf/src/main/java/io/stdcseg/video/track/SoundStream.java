// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.frame.Rational;
import io.stdcseg.video.Muxer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;

/** Stream of encoded sound, whose ticks are samples. */
final class SoundStream {

    private final SoundEncoder encoder;
    private final Muxer output;
    private final Rational timeBase;
    private final AVStream stream;
    private long begin = Long.MIN_VALUE;

    SoundStream(SoundEncoder encoder, Muxer output) {
        this.encoder = encoder;
        this.output = output;
        this.timeBase = new Rational(1, encoder.sampleRate());
        this.stream = output.addStream(encoder.context(), timeBase);
    }

    AVStream stream() {
        return stream;
    }

    /**
     * Encodes sound and writes the packets that are ready.
     *
     * @param frame {@link SoundEncoder#packetSamples()} long; the last one may be shorter
     */
    void write(AVFrame frame) {
        if (begin == Long.MIN_VALUE) {
            begin = frame.pts();
        }
        encoder.send(frame);
        writeReadyPackets();
    }

    /** Ends the stream. */
    void finish() {
        encoder.flush();
        writeReadyPackets();
    }

    private void writeReadyPackets() {
        for (AVPacket packet; (packet = encoder.receive()) != null; ) {
            if (isPriming(packet)) {
                avcodec.av_packet_unref(packet);
            } else {
                output.write(packet, stream.index(), timeBase);
            }
        }
    }

    /**
     * Whether the packet lies before the first sample and would be heard. Before zero most
     * containers hide what an encoder puts in front; elsewhere an MP4 made by FFmpeg cannot say it.
     */
    private boolean isPriming(AVPacket packet) {
        boolean isHeard = begin > 0 || !output.container().hasTimeBeforeZero();
        return isHeard && packet.pts() < begin;
    }
}
