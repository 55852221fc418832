// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.testing.SyntheticVideo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentEncoderTest {

    @TempDir Path folder;

    @Test
    void keepsPicturesAndUnevenTimes() {
        StreamInfo info = SyntheticVideo.info(160, 96);
        long[] pts = {7, 3001, 3002, 9000, 90_000, 90_041, 200_000};
        Path file = SyntheticVideo.write(folder.resolve("a.mp4"), info, pts);
        RoundTrip.Decoded read = RoundTrip.decode(file);
        assertThat(read.pts()).containsExactlyElementsOf(Arrays.stream(pts).boxed().toList());
        assertThat(read.info().timeBase()).isEqualTo(info.timeBase());
        for (int i = 0; i < pts.length; i++) {
            byte[] original = new byte[info.yuvBytes()];
            SyntheticVideo.picture(info, i).get(original);
            assertThat(RoundTrip.psnr(original, read.yuv().get(i), 160 * 96)).isGreaterThan(30);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 90, 180, 270})
    void keepsRotation(int rotation) {
        StreamInfo info = SyntheticVideo.info(64, 48, rotation);
        Path file = SyntheticVideo.write(folder.resolve("a.mp4"), info, 0, 3000);
        assertThat(RoundTrip.decode(file).info().rotation()).isEqualTo(rotation);
    }

    @Test
    void keepsPixelShapeAndColors() {
        ColorMetadata color = new ColorMetadata(1, 1, 1, true);
        StreamInfo info =
                new StreamInfo(
                        "v",
                        "memory",
                        64,
                        48,
                        0,
                        new Rational(1001, 30_000),
                        new Rational(30_000, 1001),
                        new Rational(16, 11),
                        color);
        Path file = SyntheticVideo.write(folder.resolve("a.mp4"), info, 1, 2, 3);
        RoundTrip.Decoded read = RoundTrip.decode(file);
        assertThat(read.info().pixelAspect()).isEqualTo(new Rational(16, 11));
        assertThat(read.info().color()).isEqualTo(color);
        assertThat(read.info().timeBase()).isEqualTo(new Rational(1, 30_000));
        assertThat(read.pts()).containsExactly(1001L, 2002L, 3003L);
    }

    /** 14x14 and 4096x2306 are sizes that libopenh264 refuses. */
    @ParameterizedTest
    @CsvSource({"161, 121, 162, 122", "17, 16, 18, 16", "14, 14, 14, 14", "4096, 2306, 4096, 2306"})
    void writesOddAndExtremeSizes(int width, int height, int writtenWidth, int writtenHeight) {
        StreamInfo info = SyntheticVideo.info(width, height);
        Path file = SyntheticVideo.write(folder.resolve("a.mp4"), info, 0, 3000);
        RoundTrip.Decoded read = RoundTrip.decode(file);
        assertThat(read.info().width()).isEqualTo(writtenWidth);
        assertThat(read.info().height()).isEqualTo(writtenHeight);
        assertThat(read.pts()).containsExactly(0L, 3000L);
        byte[] first = read.yuv().get(0);
        int corner = writtenWidth * (height - 1) + width - 1;
        assertThat(first[writtenWidth * writtenHeight - 1] & 0xff)
                .as("repeated edge")
                .isCloseTo(first[corner] & 0xff, Offset.offset(24));
    }

    @Test
    void startsWithAKeyFrameAndSharesParameterSets() {
        StreamInfo info = SyntheticVideo.info(160, 96);
        Path first = SyntheticVideo.write(folder.resolve("a.mp4"), info, 0, 3000);
        Path second = SyntheticVideo.write(folder.resolve("b.mp4"), info, 6000, 9000);
        try (SegmentPackets packets = new SegmentPackets(List.of(first, second))) {
            var seen = new ArrayList<String>();
            for (var packet = packets.next(); packet != null; packet = packets.next()) {
                seen.add(packet.pts() + "/" + packet.dts() + "/" + (packet.flags() & 1));
            }
            assertThat(seen).containsExactly("0/0/1", "3000/3000/0", "6000/6000/1", "9000/9000/0");
        }
    }

    @Test
    void refusesTimesThatDoNotIncrease() {
        StreamInfo info = SyntheticVideo.info(64, 48);
        try (SegmentEncoder encoder =
                new SegmentEncoder(folder.resolve("a.mp4"), info, SegmentEncoder.Options.DEFAULT)) {
            encoder.encode(SyntheticVideo.picture(info, 0), 5, 1);
            assertThatThrownBy(() -> encoder.encode(SyntheticVideo.picture(info, 1), 5, 1))
                    .hasMessage("pts 5 of stream synthetic does not follow 5");
        }
    }

    @Test
    void leavesNoFileWithoutPicturesOrWhenAbandoned() {
        StreamInfo info = SyntheticVideo.info(64, 48);
        Path file = folder.resolve("a.mp4");
        new SegmentEncoder(file, info, SegmentEncoder.Options.DEFAULT).close();
        assertThat(file).doesNotExist();
        SegmentEncoder encoder = new SegmentEncoder(file, info, SegmentEncoder.Options.DEFAULT);
        encoder.encode(SyntheticVideo.picture(info, 0), 0, 1);
        encoder.abandon();
        assertThat(file).doesNotExist();
        encoder.close();
        assertThat(file).doesNotExist();
    }

    @Test
    void closesTwice() throws Exception {
        StreamInfo info = SyntheticVideo.info(64, 48);
        Path file = folder.resolve("a.mp4");
        SegmentEncoder encoder = new SegmentEncoder(file, info, SegmentEncoder.Options.DEFAULT);
        encoder.encode(SyntheticVideo.picture(info, 0), 0, 1);
        encoder.close();
        long size = Files.size(file);
        encoder.close();
        encoder.abandon();
        assertThat(file).hasSize(size);
        assertThatThrownBy(() -> encoder.encode(SyntheticVideo.picture(info, 0), 9, 1))
                .hasMessageContaining("is closed");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        Path file = folder.resolve("absent").resolve("a.mp4");
        StreamInfo info = SyntheticVideo.info(64, 48);
        assertThatThrownBy(() -> new SegmentEncoder(file, info, SegmentEncoder.Options.DEFAULT))
                .hasMessage("write " + file + ": No such file or directory");
    }
}
