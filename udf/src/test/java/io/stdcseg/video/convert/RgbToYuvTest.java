// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RgbToYuvTest {

    @Test
    void codesRedInBt709() {
        ByteBuffer rgb = ByteBuffer.allocateDirect(3 * 6 * 4);
        for (int i = 0; i < 24; i++) {
            rgb.put(3 * i, (byte) 255);
        }
        StreamInfo info =
                new StreamInfo(
                        "v",
                        "folder",
                        6,
                        4,
                        0,
                        new Rational(1, 15),
                        new Rational(15, 1),
                        new Rational(1, 1),
                        RgbToYuv.COLOR);
        ByteBuffer yuv = ByteBuffer.allocateDirect(info.yuvBytes());
        try (RgbToYuv converter = new RgbToYuv(info)) {
            converter.write(rgb, yuv);
        }
        assertThat(yuv.get(0) & 0xff).isBetween(62, 64);
        assertThat(yuv.get(24) & 0xff).isBetween(101, 103);
        assertThat(yuv.get(30) & 0xff).isBetween(239, 241);
    }
}
