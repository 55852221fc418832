// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.frame.Rational;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.Mp4Muxer;
import io.stdcseg.video.NativeResources;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;

/** Subtitles that are text, as MP4 has them. */
final class SubtitleTrack implements Track {

    private static final Set<Integer> CARRIED =
            Set.of(
                    avcodec.AV_CODEC_ID_MOV_TEXT,
                    avcodec.AV_CODEC_ID_SUBRIP,
                    avcodec.AV_CODEC_ID_ASS,
                    avcodec.AV_CODEC_ID_WEBVTT,
                    avcodec.AV_CODEC_ID_TEXT);

    private final NativeResources resources = new NativeResources();
    private final TimeWindow window;
    private final Mp4Muxer output;
    private final Rational timeBase;
    private final SubtitleConverter converter;
    private final AVStream stream;
    private long last = Long.MIN_VALUE;

    SubtitleTrack(AVStream source, TimeWindow window, Mp4Muxer output) {
        this.window = window;
        this.output = output;
        this.timeBase = FfmpegTypes.rational(source.time_base(), new Rational(1, 1));
        try {
            this.converter =
                    source.codecpar().codec_id() == avcodec.AV_CODEC_ID_MOV_TEXT
                            ? null
                            : resources.add(
                                    new SubtitleConverter(source), SubtitleConverter::close);
            this.stream =
                    converter == null
                            ? output.addStream(source.codecpar(), timeBase)
                            : converter.addStream(output, timeBase);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    static boolean canCarry(AVCodecParameters parameters) {
        return CARRIED.contains(parameters.codec_id());
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
        double begin = Math.max(begin(packet), window.from());
        double end = Math.min(begin(packet) + seconds(packet.duration()), window.to());
        if (!(begin < end) || Double.isInfinite(begin)) {
            return;
        }
        if (converter != null && !converter.convert(packet)) {
            return;
        }
        // Lines that appear together are allowed elsewhere.
        long pts = Math.max(last + 1, Track.ticks(begin + window.shift(), timeBase));
        last = pts;
        packet.pts(pts).dts(pts).duration(Math.max(1, Track.ticks(end - begin, timeBase)));
        output.write(packet, stream.index(), timeBase);
    }

    private double seconds(long ticks) {
        return ticks * timeBase.value();
    }

    @Override
    public void finish() {
        // nothing is held back
    }

    @Override
    public void close() {
        resources.close();
    }
}
