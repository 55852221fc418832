// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LensTest {

    private static final int SIZE = 5;
    private static final int MIDDLE = 3 * (2 * SIZE + 2);

    @Test
    void spreadsAPointOverItsNeighbours() {
        byte[] rgb = point(0, 200);
        new Lens(0.25, 0).apply(rgb, SIZE, SIZE);
        assertThat(rgb[MIDDLE]).isEqualTo((byte) 50);
        assertThat(rgb[MIDDLE + 3]).isEqualTo((byte) 25);
        assertThat(rgb[MIDDLE - 3 * SIZE]).isEqualTo((byte) 25);
        assertThat(rgb[MIDDLE + 1]).isZero();
    }

    @Test
    void sharpensEdgesWithoutLeavingTheRange() {
        byte[] rgb = point(10, 240);
        new Lens(-0.2, 0).apply(rgb, SIZE, SIZE);
        assertThat(rgb[MIDDLE] & 255).isEqualTo(255);
        assertThat(rgb[MIDDLE + 3]).isZero();
    }

    @Test
    void keepsBrightnessWhereColourBleeds() {
        byte[] rgb = point(60, 200);
        byte[] before = rgb.clone();
        new Lens(0, 1).apply(rgb, SIZE, SIZE);
        assertThat(rgb[MIDDLE + 3] & 255).isGreaterThan(before[MIDDLE + 3] & 255);
        assertThat(brightness(rgb, MIDDLE + 3))
                .isCloseTo(brightness(before, MIDDLE + 3), within(2));
        assertThat(brightness(rgb, MIDDLE)).isCloseTo(brightness(before, MIDDLE), within(2));
    }

    @Test
    void leavesAnEvenPictureAlone() {
        byte[] rgb = new byte[3 * SIZE * SIZE];
        Arrays.fill(rgb, (byte) 77);
        new Lens(0.1, 2).apply(rgb, SIZE, SIZE);
        assertThat(rgb).containsOnly(77);
    }

    private static Offset<Double> within(double value) {
        return Offset.offset(value);
    }

    /** One pixel of another red in an even grey. */
    private static byte[] point(int around, int red) {
        byte[] rgb = new byte[3 * SIZE * SIZE];
        Arrays.fill(rgb, (byte) around);
        rgb[MIDDLE] = (byte) red;
        return rgb;
    }

    private static double brightness(byte[] rgb, int at) {
        return 0.3 * (rgb[at] & 255) + 0.59 * (rgb[at + 1] & 255) + 0.11 * (rgb[at + 2] & 255);
    }
}
