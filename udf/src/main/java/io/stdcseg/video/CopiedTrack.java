// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.frame.Rational;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Sound that MP4 players understand as it is. */
final class CopiedTrack implements AudioTrack {

    private static final Set<Integer> CARRIED =
            Set.of(
                    avcodec.AV_CODEC_ID_AAC,
                    avcodec.AV_CODEC_ID_MP3,
                    avcodec.AV_CODEC_ID_AC3,
                    avcodec.AV_CODEC_ID_EAC3,
                    avcodec.AV_CODEC_ID_OPUS,
                    avcodec.AV_CODEC_ID_ALAC);

    private final AVStream stream;
    private final Mp4File output;
    private final Rational timeBase;
    private final PtsClock clock;

    CopiedTrack(AVStream source, Mp4File output) {
        this.output = output;
        this.timeBase = Ffmpeg.rational(source.time_base(), new Rational(1, 1));
        this.clock = new PtsClock(1, timeBase.value());
        this.stream = output.addStream(source.codecpar(), timeBase);
    }

    static boolean canCarry(AVCodecParameters parameters) {
        return CARRIED.contains(parameters.codec_id()) && parameters.sample_rate() > 0;
    }

    @Override
    public AVStream stream() {
        return stream;
    }

    @Override
    public Rational timeBase() {
        return timeBase;
    }

    @Override
    public void write(AVPacket packet, long shift) {
        boolean cutOut = (packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0;
        // What lies before zero primes the decoder; later it is sound an edit list leaves out.
        if (cutOut && packet.pts() >= 0) {
            return;
        }
        long given = packet.dts() != avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
        long dts = clock.next(given, packet.duration()) + shift;
        // Packets of sound are heard in the order they are decoded.
        packet.dts(dts).pts(dts);
        output.write(packet, stream.index(), timeBase);
    }

    @Override
    public void finish() {
        // nothing is held back
    }

    @Override
    public void close() {
        // the output owns the stream
    }
}
