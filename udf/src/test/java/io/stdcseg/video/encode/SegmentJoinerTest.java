// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.Demuxer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentJoinerTest {

    private static final int RATE = 44_100;

    @TempDir Path folder;

    private final StreamInfo info = SyntheticVideo.info(64, 48, 90);

    @Test
    void keepsEveryTimeAndTheRotation() throws Exception {
        List<Path> segments =
                List.of(segment("a", 4500, 7500, 9000), segment("b", 90_000), segment("c", 90_001));
        Path output = folder.resolve("out.mp4");
        SegmentJoiner.join(segments, info, (Path) null, output);
        RoundTrip.Decoded read = RoundTrip.decode(output);
        assertThat(read.pts()).containsExactly(4500L, 7500L, 9000L, 90_000L, 90_001L);
        assertThat(read.info().timeBase()).isEqualTo(info.timeBase());
        assertThat(read.info().rotation()).isEqualTo(90);
    }

    @Test
    void putsTheIndexInFront() throws Exception {
        Path output = folder.resolve("out.mp4");
        SegmentJoiner.join(List.of(segment("a", 0, 3000)), info, (Path) null, output);
        String bytes = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(bytes.indexOf("moov")).isBetween(0, bytes.indexOf("mdat"));
    }

    @Test
    void movesAStartBeforeZeroToZero() throws Exception {
        Path output = folder.resolve("out.mp4");
        SegmentJoiner.join(List.of(segment("a", -3000, 0, 3000)), info, (Path) null, output);
        assertThat(RoundTrip.decode(output).pts()).containsExactly(0L, 3000L, 6000L);
    }

    /** A time base so fine that a pause of three seconds overflows 32 bits. */
    @Test
    void survivesNanoseconds() throws Exception {
        StreamInfo fine =
                new StreamInfo(
                        "fine",
                        "memory",
                        64,
                        48,
                        0,
                        new Rational(1, 1_000_000_000),
                        new Rational(30, 1),
                        new Rational(1, 1),
                        info.color());
        Path segment =
                SyntheticVideo.write(folder.resolve("n.mp4"), fine, 0, 33_000_000, 3_033_000_000L);
        Path output = folder.resolve("out.mp4");
        SegmentJoiner.join(List.of(segment), fine, (Path) null, output);
        assertThat(RoundTrip.decode(output).pts()).containsExactly(0L, 33_000L, 3_033_000L);
    }

    @Test
    void joinsAgainToTheSameBytesAndLeavesNothingElse() throws Exception {
        List<Path> segments = List.of(segment("a", 0, 3000), segment("b", 6000));
        Path output = Files.createDirectory(folder.resolve("out")).resolve("v.mp4");
        SegmentJoiner.join(segments, info, (Path) null, output);
        byte[] once = Files.readAllBytes(output);
        SegmentJoiner.join(segments, info, (Path) null, output);
        assertThat(Files.readAllBytes(output)).isEqualTo(once);
        try (var files = Files.list(output.getParent())) {
            assertThat(files).containsExactly(output);
        }
    }

    @Test
    void refusesSegmentsThatDoNotFit() throws Exception {
        Path output = folder.resolve("out.mp4");
        Path first = segment("a", 0, 3000);
        Path other = SyntheticVideo.write(folder.resolve("b"), SyntheticVideo.info(80, 48), 6000);
        assertThatThrownBy(
                        () -> SegmentJoiner.join(List.of(first, other), info, (Path) null, output))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "segment "
                                + other
                                + " is not encoded like "
                                + first
                                + "; all machines of a cluster need the same encoders");
        assertThatThrownBy(
                        () -> SegmentJoiner.join(List.of(first, first), info, (Path) null, output))
                .hasMessageContaining("does not follow the one before: time 0 after 3000");
        assertThat(output).doesNotExist();
        assertThat(folder.resolve(".out.mp4.part")).doesNotExist();
    }

    @Test
    void joinsWithASourceThatIsSilent() throws Exception {
        Path silent = segment("a", 0, 3000);
        Path output = folder.resolve("out.mp4");
        SegmentJoiner.join(List.of(silent), info, silent, output);
        try (Demuxer joined = Demuxer.open(output)) {
            assertThat(joined.streams()).isEqualTo(1);
        }
    }

    private Path segment(String name, long... pts) {
        return SyntheticVideo.write(folder.resolve(name + ".mp4"), info, pts);
    }
}
