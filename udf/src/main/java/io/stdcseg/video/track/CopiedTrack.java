// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.frame.Rational;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.Mp4Muxer;
import io.stdcseg.video.PtsClock;
import io.stdcseg.video.track.Track.AudioTrack;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;

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
    private final Mp4Muxer output;
    private final TimeWindow window;
    private final Rational timeBase;
    private final PtsClock clock;
    private final AudioExtent extent = new AudioExtent();

    CopiedTrack(AVStream source, TimeWindow window, Mp4Muxer output) {
        this.output = output;
        this.window = window;
        this.timeBase = FfmpegTypes.rational(source.time_base(), new Rational(1, 1));
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
    public double begin(AVPacket packet) {
        return Track.seconds(packet, timeBase);
    }

    @Override
    public void write(AVPacket packet) {
        long shift = Track.ticks(window.shift(), timeBase);
        boolean cutOut = (packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0;
        // What lies before zero primes the decoder; later it is sound an edit list leaves out.
        if (cutOut && packet.pts() + shift >= 0) {
            return;
        }
        long dts = clock.next(Track.time(packet), packet.duration());
        double begin = dts * timeBase.value();
        extent.add(begin, seconds(packet));
        if (begin >= window.to() || begin + packet.duration() * timeBase.value() < window.from()) {
            return;
        }
        if (packet.duration() > 0 && Double.isFinite(window.to())) {
            long left = Math.max(1, Track.ticks(window.to(), timeBase) - dts);
            packet.duration(Math.min(packet.duration(), left));
        }
        // Packets of sound are heard in the order they are decoded.
        packet.dts(dts + shift).pts(dts + shift);
        output.write(packet, stream.index(), timeBase);
    }

    /** How much sound the packet holds, whatever its file says. */
    private double seconds(AVPacket packet) {
        int samples = avcodec.av_get_audio_frame_duration2(stream.codecpar(), packet.size());
        return samples > 0
                ? samples / (double) stream.codecpar().sample_rate()
                : packet.duration() * timeBase.value();
    }

    @Override
    public void finish() {
        // nothing is held back
    }

    @Override
    public AudioExtent extent() {
        return extent;
    }

    @Override
    public void close() {
        // the output owns the stream
    }
}
