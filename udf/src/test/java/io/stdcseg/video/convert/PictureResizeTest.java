// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.SyntheticVideo;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureResizeTest {

    /** Rows are those of the picture as it is shown. */
    @ParameterizedTest
    @CsvSource({
        "1280, 720, 0, 360, 640, 360",
        "1280, 720, 0, 361, 642, 362",
        "854, 480, 0, 240, 428, 240",
        "568, 320, 90, 284, 284, 160",
        "161, 121, 0, 60, 80, 60",
        "3000, 20, 0, 16, 2400, 16",
    })
    void keepsAspectAndEvenSides(
            int width, int height, int rotation, int rows, int newWidth, int newHeight) {
        StreamInfo info = SyntheticVideo.info(width, height, rotation);
        StreamInfo resized = PictureResize.resized(info, rows);
        assertThat(resized.width()).isEqualTo(newWidth);
        assertThat(resized.height()).isEqualTo(newHeight);
        assertThat(resized.rotation()).isEqualTo(rotation);
        Rational aspect = resized.pixelAspect();
        double before = width / (double) height;
        assertThat(newWidth * aspect.value() / newHeight).isCloseTo(before, within(1e-9));
    }

    /** An untagged picture of 720 rows is in BT.709; players would take one of 360 for BT.601. */
    @Test
    void saysWhichMatrixTheSizeSuggested() {
        StreamInfo resized = PictureResize.resized(SyntheticVideo.info(1280, 720), 360);
        assertThat(resized.color().matrix()).isEqualTo(avutil.AVCOL_SPC_BT709);
    }

    @Test
    void averagesSamplesWithoutChangingColors() {
        StreamInfo info = SyntheticVideo.info(64, 48);
        ByteBuffer picture = ByteBuffer.allocateDirect(info.yuvBytes() + 1).position(1);
        for (int i = 0; i < info.yuvBytes(); i++) {
            boolean luma = i < 64 * 48;
            boolean blue = i < 64 * 48 + 32 * 24;
            int column = i % 64;
            picture.put(1 + i, (byte) (luma ? 40 + column / 4 * 8 : blue ? 90 : 200));
        }
        try (PictureResize resize = new PictureResize(info, 24)) {
            ByteBuffer small = resize.resize(picture);
            assertThat(small.remaining()).isEqualTo(32 * 24 * 3 / 2);
            for (int i = 0; i < small.remaining(); i++) {
                int wanted = i < 32 * 24 ? 40 + i % 32 / 2 * 8 : i < 32 * 24 + 16 * 12 ? 90 : 200;
                assertThat(small.get(i) & 0xff).as("sample %d", i).isEqualTo(wanted);
            }
        }
    }

    @Test
    void samplesTheMiddleOfWhatAPixelCovers() {
        StreamInfo info = SyntheticVideo.info(64, 48, 90);
        // Shown it has 48 columns and 64 rows.
        ByteBuffer mask = ByteBuffer.allocateDirect(64 * 48 + 2).position(2);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 48; x++) {
                mask.put(2 + y * 48 + x, (byte) (x + 2 * y));
            }
        }
        try (PictureResize resize = new PictureResize(info, 16)) {
            ByteBuffer small = resize.sample(mask);
            assertThat(small.remaining()).isEqualTo(12 * 16);
            assertThat(small.get(0)).isEqualTo((byte) (2 + 2 * 2));
            assertThat(small.get(1)).isEqualTo((byte) (6 + 2 * 2));
            assertThat(small.get(12)).isEqualTo((byte) (2 + 2 * 6));
            assertThat(small.get(12 * 16 - 1)).isEqualTo((byte) (46 + 2 * 62));
        }
    }
}
