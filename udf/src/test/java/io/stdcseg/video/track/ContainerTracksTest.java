// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.Container;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.encode.SegmentEncoder;
import io.stdcseg.video.encode.SegmentJoiner;
import io.stdcseg.video.encode.VideoFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sound, subtitles, chapters and tags in each container, as it has them. */
class ContainerTracksTest {

    private static final int RATE = 48_000;

    @TempDir Path folder;

    private final StreamInfo info = SyntheticVideo.info(64, 48);

    @ParameterizedTest
    @CsvSource({"MP4, aac", "MOV, aac", "MKV, aac", "WEBM, opus", "TS, aac"})
    void hearsSoundWhenItIsDue(Container container, String codec) throws Exception {
        // A tone of 0.2 s each; between them there is nothing.
        Path tones = SoundFiles.pieces(folder.resolve("tones.mkv"), RATE, 0.2, 0, 0.5);
        Path encoded = join(tones, container);
        assertThat(codecs(encoded)).endsWith(codec);
        assertThat(secondTone(encoded)).isCloseTo(0.5, within(0.003));

        Path copied = join(join(tones, Container.MP4), container);
        assertThat(codecs(copied)).endsWith(codec);
        assertThat(secondTone(copied)).isCloseTo(0.5, within(0.003));
    }

    /** When something is heard after the first pause, in seconds. */
    private static double secondTone(Path file) {
        float[] heard = SoundFiles.heard(file);
        int i = (int) (0.3 * RATE);
        while (Math.abs(heard[i]) < 0.15) {
            i++;
        }
        return i / (double) RATE;
    }

    @ParameterizedTest
    @CsvSource({"MP4, mov_text", "MOV, mov_text", "MKV, subrip", "WEBM, webvtt"})
    void showsSubtitles(Container container, String codec) throws Exception {
        String lines = "1\n00:00:00,100 --> 00:00:00,300\nGrüezi\n";
        Path text = Files.writeString(folder.resolve("s.srt"), lines);
        Path output = join(text, container);
        assertThat(codecs(output)).endsWith(codec);
        assertThat(secondStream(output)).containsExactly("0.1 to 0.3 with Grüezi");
        assertThat(secondStream(join(output, Container.MP4)))
                .containsExactly("0.1 to 0.3 with Grüezi");
    }

    @Test
    void aTransportStreamHasNoSubtitles() throws Exception {
        String lines = "1\n00:00:00,100 --> 00:00:00,300\nGrüezi\n";
        Path text = Files.writeString(folder.resolve("s.srt"), lines);
        assertThat(codecs(join(text, Container.TS))).containsExactly("h264");
    }

    @ParameterizedTest
    @EnumSource(value = Container.class, names = "TS", mode = EnumSource.Mode.EXCLUDE)
    void keepsChaptersAndTitle(Container container) throws Exception {
        String text =
                """
                ;FFMETADATA1
                title=Fähre
                [CHAPTER]
                TIMEBASE=1/1000
                START=0
                END=200
                title=Anfang
                [CHAPTER]
                TIMEBASE=1/1000
                START=200
                END=800
                title=Übersicht
                """;
        Path output = join(Files.writeString(folder.resolve("c.txt"), text), container);
        try (Demuxer joined = Demuxer.open(output)) {
            assertThat(joined.context().nb_chapters()).isEqualTo(2);
            var chapter = joined.context().chapters(1);
            double tick = FfmpegTypes.rational(chapter.time_base(), null).value();
            assertThat(chapter.start() * tick).isCloseTo(0.2, within(1e-9));
            assertThat(chapter.end() * tick).isCloseTo(0.8, within(1e-9));
            AVDictionaryEntry title =
                    avutil.av_dict_get(joined.context().metadata(), "title", null, 0);
            assertThat(new String(title.value().getStringBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("Fähre");
        }
    }

    /** With a video of a second. */
    private Path join(Path source, Container container) throws Exception {
        VideoFormat format = VideoFormat.of(null, container, VideoFormat.DEFAULT_QUALITY, null);
        Path video = folder.resolve("segment");
        SegmentEncoder.Options options = SegmentEncoder.Options.DEFAULT.withFormat(format);
        try (SegmentEncoder encoder = new SegmentEncoder(video, info, options)) {
            for (long pts : SyntheticVideo.steady(30)) {
                encoder.encode(SyntheticVideo.picture(info, 0), pts, 3000);
            }
        }
        Path output = folder.resolve("of " + source.getFileName() + "." + container.ending());
        SegmentJoiner.join(
                List.of(video),
                info,
                TrackSource.all(source),
                container,
                output,
                folder.resolve("part"));
        return output;
    }

    private static List<String> codecs(Path file) {
        List<String> names = new ArrayList<>();
        try (Demuxer demuxer = Demuxer.open(file)) {
            for (int i = 0; i < demuxer.streams(); i++) {
                int codec = demuxer.stream(i).codecpar().codec_id();
                names.add(avcodec.avcodec_get_name(codec).getString());
            }
        }
        return names;
    }

    private static List<String> secondStream(Path file) {
        List<String> texts = new ArrayList<>();
        AVPacket packet = Ffmpeg.packet();
        try (Demuxer demuxer = Demuxer.open(file)) {
            double tick = FfmpegTypes.rational(demuxer.stream(1).time_base(), null).value();
            while (demuxer.read(packet)) {
                byte[] bytes = new byte[packet.size()];
                packet.data().get(bytes);
                String text = new String(bytes, StandardCharsets.UTF_8);
                if (packet.stream_index() == 1 && text.contains("Grüezi")) {
                    texts.add(
                            String.format(
                                    Locale.ROOT,
                                    "%.1f to %.1f with Grüezi",
                                    packet.pts() * tick,
                                    (packet.pts() + packet.duration()) * tick));
                }
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avcodec.av_packet_free(packet);
        }
        return texts;
    }
}
