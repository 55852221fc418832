// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistortionTest {

    private static final int WIDTH = 61;
    private static final int HEIGHT = 41;

    @Test
    void movesLabelsWithTheirColours() {
        byte[] labels = stripes();
        byte[] rgb = colors(labels);
        byte[] before = labels.clone();
        new Distortion(0.25).apply(rgb, labels, WIDTH, HEIGHT);
        assertThat(labels).isNotEqualTo(before);
        for (int i = 0; i < labels.length; i++) {
            // A colour may lie between those of two neighbours; its label is the nearer one's.
            int color = rgb[3 * i] & 255;
            assertThat(color).isBetween(labels[i] * 50, 50 + labels[i] * 50);
        }
    }

    @Test
    void keepsMiddleAndCorners() {
        byte[] labels = stripes();
        byte[] rgb = colors(labels);
        byte[] before = rgb.clone();
        new Distortion(-0.06).apply(rgb, labels, WIDTH, HEIGHT);
        int middle = 3 * (HEIGHT / 2 * WIDTH + WIDTH / 2);
        assertThat(rgb[middle]).isEqualTo(before[middle]);
        assertThat(rgb[0]).isEqualTo(before[0]);
        assertThat(rgb[rgb.length - 1]).isEqualTo(before[before.length - 1]);
    }

    @Test
    void barrelsMagnifyTheMiddle() {
        byte[] labels = new byte[WIDTH * HEIGHT];
        int right = HEIGHT / 2 * WIDTH + WIDTH / 2 + 10;
        // 10 pixels off the middle shows what was 10 (1 + 0.25 * 0.073) / 1.25 = 8.1 off.
        labels[right - 2] = 1;
        new Distortion(0.25).apply(colors(labels), labels, WIDTH, HEIGHT);
        assertThat(labels[right]).isEqualTo((byte) 1);
    }

    private static byte[] stripes() {
        byte[] labels = new byte[WIDTH * HEIGHT];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % WIDTH / 9 % 2);
        }
        return labels;
    }

    private static byte[] colors(byte[] labels) {
        byte[] rgb = new byte[3 * labels.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (100 * labels[i / 3]);
        }
        return rgb;
    }
}
