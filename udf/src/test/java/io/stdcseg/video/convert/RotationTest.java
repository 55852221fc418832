// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationTest {

    /** 3 columns, 2 rows: abc / def. */
    @ParameterizedTest
    @CsvSource({"90, daebfc", "180, fedcba", "270, cfbead"})
    void turnsClockwise(int degrees, String expected) {
        byte[] turned = new byte[6];
        Rotation.clockwise("abcdef".getBytes(), 3, 2, 1, degrees, turned);
        assertThat(new String(turned)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "33, 65", "100, 31"})
    void fourQuarterTurnsAreNone(int width, int height) {
        byte[] picture = new byte[3 * width * height];
        new Random(5).nextBytes(picture);
        byte[] turned = picture;
        int w = width;
        int h = height;
        for (int i = 0; i < 4; i++) {
            byte[] next = new byte[picture.length];
            Rotation.clockwise(turned, w, h, 3, 90, next);
            turned = next;
            int swap = w;
            w = h;
            h = swap;
        }
        assertThat(turned).isEqualTo(picture);
    }

    @Test
    void knowsQuarterTurnsOnly() {
        assertThatThrownBy(() -> Rotation.clockwise(new byte[1], 1, 1, 1, 45, new byte[1]))
                .hasMessage("rotation 45 is not one of 90, 180, 270");
    }
}
