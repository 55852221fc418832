// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.VideoCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and fragments of segments go together again, at any time. */
class FragmentedMp4Test {

    private static final long MICROSECONDS_SINCE_1970 = 1_764_000_000_123_457L;

    @TempDir Path dir;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 90_000L * 3600 * 24 * 365})
    void fragmentsOfSeveralSegmentsPlayBehindOneHeader(long begin) throws Exception {
        StreamInfo info = SyntheticVideo.info(64, 48);
        Path first = SyntheticVideo.write(dir.resolve("1.mp4"), info, -3000, 0, 3000, 200_000);
        Path second = SyntheticVideo.write(dir.resolve("2.mp4"), info, 203_000, 210_000);

        Path whole = join(info.timeBase(), List.of(first, second), begin, begin + 206_000);

        assertThat(RoundTrip.decode(whole).pts())
                .containsExactly(
                        begin,
                        begin + 3000,
                        begin + 6000,
                        begin + 203_000,
                        begin + 206_000,
                        begin + 213_000);
    }

    @Test
    void takesTimesSince1970ToTheMicrosecond() throws Exception {
        StreamInfo info = live();
        long[] pts = {MICROSECONDS_SINCE_1970, MICROSECONDS_SINCE_1970 + 33_333};
        Path segment = SyntheticVideo.write(dir.resolve("1.mp4"), info, pts);
        assertThat(RoundTrip.decode(segment).pts()).containsExactly(pts[0], pts[1]);

        Path whole = join(info.timeBase(), List.of(segment), 7);

        assertThat(RoundTrip.decode(whole).pts()).containsExactly(7L, 7L + 33_333);
    }

    @ParameterizedTest
    @EnumSource(names = {"H264", "VP9"})
    void headersDifferWhereSizesDoAndOnlyThere(VideoCodec codec) throws Exception {
        byte[] header = header("1.mp4", codec, SyntheticVideo.info(64, 48), 0, 3000);

        assertThat(header("2.mp4", codec, SyntheticVideo.info(64, 48), 90_000)).isEqualTo(header);
        assertThat(header("3.mp4", codec, SyntheticVideo.info(64, 64), 0)).isNotEqualTo(header);
    }

    @Test
    void whatIsNoFragmentedFileIsSaidToBeNone() throws Exception {
        Path text = Files.writeString(dir.resolve("a.mp4"), "nothing that has boxes");
        assertThatThrownBy(() -> new FragmentedMp4(text).header())
                .isInstanceOf(IOException.class)
                .hasMessage(text + " is no fragmented MP4 file");
    }

    private byte[] header(String name, VideoCodec codec, StreamInfo info, long... pts)
            throws IOException {
        SegmentEncoder.Options options =
                SegmentEncoder.Options.DEFAULT.withFormat(VideoFormat.of(codec, null, 60, null));
        Path file = dir.resolve(name);
        try (SegmentEncoder encoder = new SegmentEncoder(file, info, options)) {
            for (int i = 0; i < pts.length; i++) {
                encoder.encode(SyntheticVideo.picture(info, i), pts[i], 3000);
            }
        }
        return new FragmentedMp4(file).header();
    }

    private Path join(Rational timeBase, List<Path> segments, long... begins) throws IOException {
        assertThat(segments.stream().map(FragmentedMp4Test::headerOf).distinct()).hasSize(1);
        Path whole = dir.resolve("whole.mp4");
        try (OutputStream out = Files.newOutputStream(whole)) {
            out.write(new FragmentedMp4(segments.get(0)).header());
            for (int i = 0; i < begins.length; i++) {
                new FragmentedMp4(segments.get(i)).copyFragments(begins[i], timeBase, out);
            }
        }
        return whole;
    }

    private static String headerOf(Path segment) {
        try {
            return Arrays.toString(new FragmentedMp4(segment).header());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StreamInfo live() {
        return new StreamInfo(
                "camera",
                "rtsp://camera",
                64,
                48,
                0,
                new Rational(1, 1_000_000),
                new Rational(30, 1),
                new Rational(1, 1),
                ColorMetadata.UNSPECIFIED);
    }
}
