// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.Container;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.encode.SegmentJoiner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound of every kind stays with the picture, and ends with it. */
class TrackRemuxerSoundTest {

    private static final int RATE = 44_100;
    private static final double SAMPLE = 1.0 / RATE;

    @TempDir Path folder;

    private final StreamInfo info = SyntheticVideo.info(64, 48);

    @Test
    void turnsUncompressedSoundIntoAac() throws Exception {
        Path output = join(1.5, SoundFiles.wav(folder.resolve("tone.wav"), RATE, 1));

        try (Demuxer joined = Demuxer.open(output)) {
            AVStream sound = joined.stream(1);
            assertThat(sound.codecpar().codec_id()).isEqualTo(avcodec.AV_CODEC_ID_AAC);
            assertThat(sound.codecpar().sample_rate()).isEqualTo(RATE);
        }
        assertThat(span(output)).containsExactly(new double[] {0, 1}, within(SAMPLE));
    }

    @Test
    void endsWithTheVideo() throws Exception {
        Path output = join(1, SoundFiles.wav(folder.resolve("tone.wav"), RATE, 3));
        assertThat(span(output)).containsExactly(new double[] {0, 1}, within(SAMPLE));

        Path copied = join(0.5, output);
        assertThat(span(copied)).containsExactly(new double[] {0, 0.5}, within(SAMPLE));
    }

    @Test
    void takesWhatARangeHolds() throws Exception {
        Path output = folder.resolve("out.mp4");
        SegmentJoiner.join(
                List.of(video(1)),
                info,
                new TrackSource(SoundFiles.wav(folder.resolve("tone.wav"), RATE, 1), 0.3, 0.4),
                Container.MP4,
                output,
                folder.resolve("temporary"));

        assertThat(span(output)).containsExactly(new double[] {0.3, 0.1}, within(SAMPLE));
    }

    /** An encoder puts a packet of nothing in front, as long as 128 ms at 8 kHz. */
    @ParameterizedTest
    @CsvSource({"8000, 0", "8000, 0.53", "44100, 0", "44100, 0.01", "44100, 0.53"})
    void isHeardFromItsTimeOn(int rate, double begin) throws Exception {
        Path sound = SoundFiles.pieces(folder.resolve("s.mkv"), rate, 0.5, begin, begin + 0.5);

        Path output = join(2, sound);

        assertThat(span(output)).containsExactly(new double[] {begin, 1}, within(1.0 / rate));
        float[] heard = SoundFiles.heard(output);
        int later = (int) Math.round((begin + 0.4) * rate);
        for (int i = later; i < later + rate / 10; i++) {
            double expected = SoundFiles.sample(i / (double) rate - begin) / 32_768.0;
            assertThat(heard[i]).isCloseTo((float) expected, within(0.05f));
        }
    }

    /** A video of eight pictures a second tells times by eighths. */
    @Test
    void beginsBetweenThePicturesOfASlowVideo() throws Exception {
        StreamInfo slow =
                new StreamInfo(
                        "slow",
                        "memory",
                        64,
                        48,
                        0,
                        new Rational(1, 8),
                        new Rational(8, 1),
                        new Rational(1, 1),
                        info.color());
        Path video = SyntheticVideo.write(folder.resolve("slow.mp4"), slow, 0, 1, 2, 3, 16);
        Path sound = SoundFiles.pieces(folder.resolve("s.mkv"), RATE, 0.5, 0.3);
        Path output = folder.resolve("out.mp4");

        SegmentJoiner.join(List.of(video), slow, sound, output);

        assertThat(span(output)[0]).isCloseTo(0.3, within(2 * SAMPLE));
    }

    @Test
    void aGapIsSilence() throws Exception {
        Path sound = SoundFiles.pieces(folder.resolve("s.mkv"), RATE, 0.5, 0, 1.5);

        Path output = join(2, sound);

        assertThat(span(output)).containsExactly(new double[] {0, 2}, within(SAMPLE));
        float[] heard = SoundFiles.heard(output);
        assertThat(loudest(heard, 0.1, 0.4)).isGreaterThan(0.25f);
        assertThat(loudest(heard, 0.6, 1.4)).isLessThan(0.01f);
        assertThat(loudest(heard, 1.6, 1.9)).isGreaterThan(0.25f);
    }

    @Test
    void soundThatOverlapsIsCut() throws Exception {
        Path sound = SoundFiles.pieces(folder.resolve("s.mkv"), RATE, 0.5, 0, 0.3, 0.6, 0.9);

        Path output = join(2, sound);

        assertThat(span(output)).containsExactly(new double[] {0, 1.4}, within(SAMPLE));
    }

    /** Times that the container spreads over many times the length of the sound. */
    @ParameterizedTest
    @ValueSource(doubles = {2.3, 40})
    void timesThatLeaveTheVideoBehindAreNotBelieved(double factor) throws Exception {
        double[] begins = IntStream.range(0, 40).mapToDouble(i -> i * 0.1 * factor).toArray();
        Path sound = SoundFiles.pieces(folder.resolve("s.mkv"), RATE, 0.1, begins);

        Path output = join(4, sound);

        assertThat(span(output)).containsExactly(new double[] {0, 4}, within(SAMPLE));
        float[] heard = SoundFiles.heard(output);
        for (double second = 0.1; second < 3.8; second += 0.1) {
            assertThat(loudest(heard, second, second + 0.05)).isGreaterThan(0.25f);
        }
    }

    @Test
    void timesOfCompressedSoundAreNotBelievedEither() throws Exception {
        Path aac = join(4, SoundFiles.wav(folder.resolve("tone.wav"), RATE, 4));
        Path sound = SoundFiles.stretched(aac, folder.resolve("s.mkv"), 40);

        Path output = join(4, sound);

        assertThat(span(output)).containsExactly(new double[] {0, 4}, within(0.05));
        assertThat(loudest(SoundFiles.heard(output), 3.5, 3.6)).isGreaterThan(0.25f);
    }

    /** Recordings pause: what comes after a long gap belongs where its time says. */
    @Test
    void believesALongGapThatEndsBeforeTheVideo() throws Exception {
        Path sound = SoundFiles.pieces(folder.resolve("s.mkv"), RATE, 0.5, 0, 30);

        Path output = join(31, sound);

        assertThat(span(output)).containsExactly(new double[] {0, 30.5}, within(SAMPLE));
    }

    @Test
    void leavesOutSoundThatBeginsAfterTheVideo() throws Exception {
        Path output = join(1, SoundFiles.pieces(folder.resolve("s.mkv"), RATE, 0.5, 5, 5.5));

        try (Demuxer joined = Demuxer.open(output)) {
            assertThat(joined.streams()).isEqualTo(1);
        }
    }

    private Path join(double videoSeconds, Path sound) throws IOException {
        Path output = folder.resolve("of " + sound.getFileName() + ".mp4");
        SegmentJoiner.join(List.of(video(videoSeconds)), info, sound, output);
        return output;
    }

    /** Two pictures, of which the second ends the video. */
    private Path video(double seconds) {
        return SyntheticVideo.write(
                folder.resolve("video.mp4"), info, 0, Math.round(seconds * 90_000) - 3000);
    }

    /** When the sound begins and how long it lasts, as FFmpeg's tools show it. */
    private static double[] span(Path file) {
        try (Demuxer demuxer = Demuxer.open(file)) {
            AVStream sound = demuxer.stream(1);
            double tick = FfmpegTypes.rational(sound.time_base(), null).value();
            return new double[] {sound.start_time() * tick, sound.duration() * tick};
        }
    }

    private static float loudest(float[] heard, double from, double to) {
        float loudest = 0;
        for (int i = (int) (from * RATE); i < to * RATE; i++) {
            loudest = Math.max(loudest, Math.abs(heard[i]));
        }
        return loudest;
    }
}
