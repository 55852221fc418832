// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.video.Container;
import io.stdcseg.video.Muxer;
import io.stdcseg.video.NativeResources;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** Subtitles, copied or converted to those of the container. */
final class SubtitleTrack extends Track {

    private final NativeResources resources = new NativeResources();
    private final SubtitleConverter converter;
    private final AVStream stream;
    private long last = Long.MIN_VALUE;

    SubtitleTrack(AVStream source, TimeWindow window, Muxer output) {
        super(source, window, output);
        try {
            this.converter =
                    ContainerCodecs.copiesSubtitles(
                                    output.container(), source.codecpar().codec_id())
                            ? null
                            : resources.add(
                                    new SubtitleConverter(
                                            source,
                                            ContainerCodecs.textSubtitles(output.container())),
                                    SubtitleConverter::close);
            this.stream =
                    converter == null
                            ? output.addStream(source.codecpar(), timeBase())
                            : converter.addStream(output, timeBase());
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    static boolean canCarry(Container container, AVCodecParameters parameters) {
        return ContainerCodecs.carriesSubtitles(container, parameters.codec_id());
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
