// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.Container;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.Muxer;
import io.stdcseg.video.encode.SegmentJoiner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source holds besides pictures and sound goes along; text files are enough to say it. */
class TrackRemuxerTest {

    private static final String TAGS =
            """
            ;FFMETADATA1
            title=Fähre nach Zürich
            creation_time=2021-03-04T05:06:07.000000Z
            location=+47.3769+008.5417/
            timecode=01:02:03:04
            com.apple.quicktime.make=Apple
            encoder=something
            """;

    private static final String CHAPTERS =
            """
            ;FFMETADATA1
            [CHAPTER]
            TIMEBASE=1/1000
            START=0
            END=800
            title=Übersicht
            [CHAPTER]
            TIMEBASE=1/1000
            START=800
            END=1500
            title=goes on after the video
            [CHAPTER]
            TIMEBASE=1/1000
            START=1500
            END=1600
            title=begins after the video
            """;

    private static final String SUBTITLES =
            """
            1
            00:00:00,100 --> 00:00:00,300
            Grüezi

            2
            00:00:00,300 --> 00:00:09,000
            until the end

            3
            00:00:02,000 --> 00:00:03,000
            too late
            """;

    @TempDir Path folder;

    private final StreamInfo info = SyntheticVideo.info(64, 48);

    @Test
    void keepsWhatMp4Holds() throws Exception {
        try (Demuxer joined = Demuxer.open(join(source("tags.txt", TAGS)))) {
            assertThat(tags(joined.context().metadata()))
                    .containsEntry("title", "Fähre nach Zürich")
                    .containsEntry("creation_time", "2021-03-04T05:06:07.000000Z")
                    .containsEntry("location", "+47.3769+008.5417/");
            assertThat(tags(joined.stream(0).metadata())).containsEntry("timecode", "01:02:03:04");
        }
    }

    @Test
    void namesWhatMp4DoesNotHold() throws Exception {
        try (Demuxer source = Demuxer.open(source("tags.txt", TAGS));
                Muxer output = new Muxer(folder.resolve("out.mp4"), Container.MP4)) {
            assertThat(ContainerTags.copy(source.context(), output))
                    .containsExactly("com.apple.quicktime.make");
        }
    }

    @Test
    void namesTracksThatMp4DoesNotHold() {
        try (Muxer file = new Muxer(folder.resolve("out.mp4"), Container.MP4)) {
            assertThat(DroppedTracks.name(stream(file, avutil.AVMEDIA_TYPE_DATA, 0x646d7067)))
                    .isEqualTo("data track 0 (gpmd)");
            AVStream bitmaps = stream(file, avutil.AVMEDIA_TYPE_SUBTITLE, 0);
            bitmaps.codecpar().codec_id(avcodec.AV_CODEC_ID_DVD_SUBTITLE);
            assertThat(DroppedTracks.name(bitmaps)).isEqualTo("subtitles 1 (dvd_subtitle)");
            AVStream font = stream(file, avutil.AVMEDIA_TYPE_ATTACHMENT, 0);
            assertThat(DroppedTracks.name(font)).isEqualTo("attachment 2 (of unknown kind)");
        }
    }

    private static AVStream stream(Muxer file, int type, int tag) {
        AVCodecParameters parameters = avcodec.avcodec_parameters_alloc();
        try {
            AVStream stream = file.addStream(parameters, new Rational(1, 1));
            stream.codecpar().codec_type(type).codec_tag(tag);
            return stream;
        } finally {
            avcodec.avcodec_parameters_free(parameters);
        }
    }

    /** What phones record under a name of their own. */
    @Test
    void keepsThePlaceThatAPhoneGives() throws Exception {
        String tags = ";FFMETADATA1\ncom.apple.quicktime.location.ISO6709=+47.3769+008.5417/\n";
        try (Demuxer joined = Demuxer.open(join(source("tags.txt", tags)))) {
            assertThat(tags(joined.context().metadata()))
                    .containsEntry("location", "+47.3769+008.5417/");
        }
    }

    @Test
    void keepsChaptersUpToTheEndOfTheVideo() throws Exception {
        try (Demuxer joined = Demuxer.open(join(source("chapters.txt", CHAPTERS)))) {
            List<String> chapters = new ArrayList<>();
            for (int i = 0; i < joined.context().nb_chapters(); i++) {
                AVChapter chapter = joined.context().chapters(i);
                double tick = FfmpegTypes.rational(chapter.time_base(), null).value();
                chapters.add(
                        String.format(
                                Locale.ROOT,
                                "%.1f to %.1f: %s",
                                chapter.start() * tick,
                                chapter.end() * tick,
                                tags(chapter.metadata()).get("title")));
            }
            assertThat(chapters)
                    .containsExactly(
                            "0.0 to 0.8: Übersicht", "0.8 to 1.0: goes on after the video");
        }
    }

    @Test
    void turnsSubtitlesIntoThoseOfMp4() throws Exception {
        Path output = join(source("s.srt", SUBTITLES));

        try (Demuxer joined = Demuxer.open(output)) {
            assertThat(joined.stream(1).codecpar().codec_id())
                    .isEqualTo(avcodec.AV_CODEC_ID_MOV_TEXT);
            assertThat(texts(joined))
                    .containsExactly("0.1 to 0.3: Grüezi", "0.3 to 1.0: until the end");
        }
        try (Demuxer again = Demuxer.open(join(output))) {
            assertThat(texts(again))
                    .containsExactly("0.1 to 0.3: Grüezi", "0.3 to 1.0: until the end");
        }
    }

    @Test
    void cutsSubtitlesToARange() throws Exception {
        Path output = folder.resolve("out.mp4");
        SegmentJoiner.join(
                List.of(SyntheticVideo.write(folder.resolve("v.mp4"), info, 18_000, 33_000)),
                info,
                new TrackSource(source("s.srt", SUBTITLES), 0.2, 0.4),
                Container.MP4,
                output,
                folder.resolve("temporary"));

        try (Demuxer joined = Demuxer.open(output)) {
            assertThat(texts(joined))
                    .containsExactly("0.2 to 0.3: Grüezi", "0.3 to 0.4: until the end");
        }
    }

    private static List<String> texts(Demuxer file) {
        List<String> texts = new ArrayList<>();
        double tick = FfmpegTypes.rational(file.stream(1).time_base(), null).value();
        AVPacket packet = Ffmpeg.packet();
        while (file.read(packet)) {
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes);
            if (packet.stream_index() == 1 && bytes.length > 2) {
                int length = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
                texts.add(
                        String.format(
                                Locale.ROOT,
                                "%.1f to %.1f: %s",
                                packet.pts() * tick,
                                (packet.pts() + packet.duration()) * tick,
                                new String(bytes, 2, length, StandardCharsets.UTF_8)));
            }
            avcodec.av_packet_unref(packet);
        }
        avcodec.av_packet_free(packet);
        return texts;
    }

    private static Map<String, String> tags(AVDictionary dictionary) {
        Map<String, String> tags = new TreeMap<>();
        AVDictionaryEntry tag = null;
        while ((tag = avutil.av_dict_iterate(dictionary, tag)) != null) {
            tags.put(
                    tag.key().getString(),
                    new String(tag.value().getStringBytes(), StandardCharsets.UTF_8));
        }
        return tags;
    }

    private Path source(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** With a video of a second. */
    private Path join(Path source) throws IOException {
        Path video = SyntheticVideo.write(folder.resolve("v.mp4"), info, SyntheticVideo.steady(30));
        Path output = folder.resolve("of " + source.getFileName() + ".mp4");
        SegmentJoiner.join(List.of(video), info, source, output);
        return output;
    }
}
