// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import io.stdcseg.testing.SharedData;
import io.stdcseg.testing.SyntheticVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files cut into ranges: the same pictures, numbers and times as from front to back. Those of
 * {@code resources/ranges} are 40 pictures of FFmpeg's test source, a key frame every 10, made by
 * x264, x265, FFmpeg's MPEG-2 encoder and libvpx.
 */
class VideoRangesTest {

    private static final double SHORT_SECONDS = 0.1;

    @TempDir Path folder;

    /** How many parts each can be cut into; 0 where only a decode tells of its pictures. */
    @ParameterizedTest
    @CsvSource({
        "h264_open.mp4, 4", // pictures behind a key frame reach across it
        "h264_closed.ts, 4", // beyond half of the range of a clock of 33 bits
        "h264_trimmed.mp4, 4", // an edit list begins in the middle of a group
        "h264_refresh.mkv, 1", // key frames are no intra pictures
        "hevc_open.mkv, 4",
        "mpeg2_open.ts, 4",
        "vp8_hidden.webm, 4", // some packets give no picture
    })
    void aFileIsCutWhereThatIsSafe(String name, int parts) throws Exception {
        Path file = Path.of(getClass().getResource("/ranges/" + name).toURI());

        assertThat(VideoIndex.read(file).ranges(0, Long.MAX_VALUE, SHORT_SECONDS)).hasSize(parts);
        assertRangesGiveTheWhole(file, SHORT_SECONDS);
    }

    @TestFactory
    Stream<DynamicTest> realFiles() throws IOException {
        Path videos = SharedData.require("videos");
        List<Path> files;
        try (Stream<Path> found = Files.walk(videos)) {
            files = found.filter(f -> f.toString().matches(".*\\.(mp4|mov|mkv|webm|ts)")).toList();
        }
        return files.stream()
                .filter(VideoRangesTest::opens)
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(),
                                        () -> {
                                            assertRangesGiveTheWhole(file, SHORT_SECONDS);
                                            assertRangesGiveTheWhole(file, 1);
                                        }));
    }

    private static boolean opens(Path file) {
        try (VideoDecoder video = VideoDecoder.open("v", file)) {
            return true;
        } catch (InputException e) {
            return false;
        }
    }

    private static void assertRangesGiveTheWhole(Path file, double seconds) {
        VideoIndex index = VideoIndex.read(file);
        if (index == null) {
            return;
        }
        Pictures whole = Pictures.whole(file);
        List<Pictures.Picture> pictures = new ArrayList<>();
        for (VideoRange range : index.ranges(0, Long.MAX_VALUE, seconds)) {
            Pictures part = Pictures.read(file, range);
            assertThat(part.info()).isEqualTo(whole.info());
            assertThat(part.all()).hasSize((int) range.pictures());
            pictures.addAll(part.all());
        }
        assertThat(pictures).isEqualTo(whole.all());
        assertThat(index.pictures()).isEqualTo(whole.all().size());
    }

    @Test
    void aStretchBeginsAndEndsAtAnyPicture() {
        Path file =
                SyntheticVideo.write(
                        folder.resolve("a.mp4"),
                        SyntheticVideo.info(64, 48),
                        SyntheticVideo.steady(200));
        List<Pictures.Picture> whole = Pictures.whole(file).all();
        VideoIndex index = VideoIndex.read(file);

        for (int first : new int[] {0, 1, 59, 60, 61, 150, 199}) {
            for (int end : new int[] {first, first + 1, 199, 200, 500}) {
                List<Pictures.Picture> pictures = new ArrayList<>();
                for (VideoRange range : index.ranges(first, end, SHORT_SECONDS)) {
                    pictures.addAll(Pictures.read(file, range).all());
                }
                assertThat(pictures)
                        .as("from %d to %d", first, end)
                        .isEqualTo(whole.subList(first, Math.min(end, 200)));
            }
        }
    }

    @Test
    void noRangeIsShorterThanAsked() {
        VideoIndex index = index(1000, 100);

        assertThat(index.ranges(0, Long.MAX_VALUE, 25))
                .extracting(VideoRange::pictures)
                .containsExactly(300L, 300L, 400L);
        assertThat(index.ranges(250, 950, 25))
                .extracting(VideoRange::firstPicture)
                .containsExactly(250L, 500L);
        assertThat(index.ranges(2000, 3000, 25))
                .extracting(VideoRange::pictures)
                .containsExactly(0L);
    }

    @Test
    void findsPicturesByTheirTime() {
        VideoIndex index = index(1000, 100);

        assertThat(index.firstAt(0)).isZero();
        assertThat(index.firstAt(2.35)).isEqualTo(24);
        assertThat(index.firstAt(2.4)).isEqualTo(24);
        assertThat(index.firstAt(Double.POSITIVE_INFINITY)).isEqualTo(1000);
    }

    /** Ten pictures a second, from 100 s on. */
    private static VideoIndex index(int pictures, int group) {
        long[] pts = new long[pictures];
        List<VideoIndex.KeyFrame> keys = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            pts[i] = 1000 + i;
            if (i % group == 0) {
                keys.add(new VideoIndex.KeyFrame(pts[i], true));
            }
        }
        return new VideoIndex(new Rational(1, 10), pts, keys);
    }
}
