// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.video.Container;
import io.stdcseg.video.MonotonicTimestamps;
import io.stdcseg.video.Muxer;
import io.stdcseg.video.track.Track.AudioTrack;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;

/** Stream copy of sound that players of the container understand as it is. */
final class CopiedAudioTrack extends Track implements AudioTrack {

    private final AVStream stream;
    private final MonotonicTimestamps timestamps;
    private final AudioExtent extent = new AudioExtent();

    CopiedAudioTrack(AVStream source, TimeWindow window, Muxer output) {
        super(source, window, output);
        this.timestamps = new MonotonicTimestamps(1, timeBase().value());
        this.stream = output.addStream(source.codecpar(), timeBase());
    }

    static boolean canCarry(Container container, AVCodecParameters parameters) {
        return ContainerCodecs.copiesSound(container, parameters.codec_id())
                && parameters.sample_rate() > 0;
    }

    @Override
    AVStream stream() {
        return stream;
    }

    @Override
    void write(AVPacket packet) {
        long shift = ticks(window().shift());
        boolean discarded = (packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0;
        // What lies before zero primes the decoder; later it is sound an edit list leaves out.
        if (discarded && packet.pts() + shift >= 0) {
            return;
        }
        long dts = timestamps.next(dts(packet), packet.duration());
        double begin = seconds(dts);
        extent.add(begin, soundSeconds(packet));
        if (!window().overlaps(begin, seconds(packet.duration()))) {
            return;
        }
        if (packet.duration() > 0 && Double.isFinite(window().to())) {
            long left = Math.max(1, ticks(window().to()) - dts);
            packet.duration(Math.min(packet.duration(), left));
        }
        writeAt(dts + shift, packet);
    }

    /** How much sound the packet holds, whatever its file says. */
    private double soundSeconds(AVPacket packet) {
        int samples = avcodec.av_get_audio_frame_duration2(stream.codecpar(), packet.size());
        return samples > 0
                ? samples / (double) stream.codecpar().sample_rate()
                : seconds(packet.duration());
    }

    @Override
    public AudioExtent extent() {
        return extent;
    }
}
