// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.video.Mp4Muxer;
import io.stdcseg.video.NativeResources;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;

/** Text subtitles, copied or converted to those of MP4. */
final class SubtitleTrack extends Track {

    private static final Set<Integer> TEXT_CODECS =
            Set.of(
                    avcodec.AV_CODEC_ID_MOV_TEXT,
                    avcodec.AV_CODEC_ID_SUBRIP,
                    avcodec.AV_CODEC_ID_ASS,
                    avcodec.AV_CODEC_ID_WEBVTT,
                    avcodec.AV_CODEC_ID_TEXT);

    private final NativeResources resources = new NativeResources();
    private final SubtitleConverter converter;
    private final AVStream stream;
    private long last = Long.MIN_VALUE;

    SubtitleTrack(AVStream source, TimeWindow window, Mp4Muxer output) {
        super(source, window, output);
        try {
            this.converter =
                    source.codecpar().codec_id() == avcodec.AV_CODEC_ID_MOV_TEXT
                            ? null
                            : resources.add(
                                    new SubtitleConverter(source), SubtitleConverter::close);
            this.stream =
                    converter == null
                            ? output.addStream(source.codecpar(), timeBase())
                            : converter.addStream(output, timeBase());
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    static boolean canCarry(AVCodecParameters parameters) {
        return TEXT_CODECS.contains(parameters.codec_id());
    }

    @Override
    AVStream stream() {
        return stream;
    }

    @Override
    void write(AVPacket packet) {
        double begin = Math.max(begin(packet), window().from());
        double end = Math.min(begin(packet) + seconds(packet.duration()), window().to());
        if (!(begin < end) || Double.isInfinite(begin)) {
            return;
        }
        if (converter != null && !converter.convert(packet)) {
            return;
        }
        // Lines that appear together are allowed elsewhere.
        last = Math.max(last + 1, ticks(begin + window().shift()));
        packet.duration(Math.max(1, ticks(end - begin)));
        writeAt(last, packet);
    }

    @Override
    public void close() {
        resources.close();
    }
}
