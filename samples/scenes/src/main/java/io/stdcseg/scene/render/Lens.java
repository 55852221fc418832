// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Lens: blur and bleeding colours of a picture that a sensor has recorded, such as optics and
 * compression cause.
 *
 * @param blur weight of each of a pixel's neighbours; below 0 edges are sharpened instead
 * @param bleed pixels to each side over which colour runs along a row, while brightness does not
 */
public record Lens(double blur, int bleed) {

    /** Changes the three bytes of each pixel in place. */
    public void apply(byte[] rgb, int width, int height) {
        if (bleed > 0) {
            byte[] row = new byte[3 * width];
            for (int y = 0; y < height; y++) {
                bleed(rgb, 3 * y * width, width, row);
            }
        }
        if (blur != 0) {
            byte[] from = rgb.clone();
            byte[] across = rgb.clone();
            mix(from, across, 3, 3, 3 * width * height - 3);
            System.arraycopy(across, 0, rgb, 0, rgb.length);
            mix(across, rgb, 3 * width, 3 * width, 3 * width * (height - 1));
        }
    }

    /** Mixes each byte of a range with those {@code step} before and after it. */
    private void mix(byte[] from, byte[] to, int step, int first, int end) {
        int side = (int) Math.round(256 * blur);
        int middle = 256 - 2 * side;
        for (int i = first; i < end; i++) {
            int sum =
                    middle * (from[i] & 255)
                            + side * ((from[i - step] & 255) + (from[i + step] & 255));
            to[i] = (byte) Math.max(0, Math.min(255, (sum + 128) >> 8));
        }
    }

    /** Keeps each pixel's brightness, and takes its colour from the pixels around it. */
    private void bleed(byte[] rgb, int start, int width, byte[] row) {
        System.arraycopy(rgb, start, row, 0, row.length);
        for (int x = 0; x < width; x++) {
            int first = Math.max(0, x - bleed);
            int last = Math.min(width - 1, x + bleed);
            int count = last - first + 1;
            int own = brightness(row, 3 * x);
            int mean = 0;
            int[] sum = new int[3];
            for (int i = first; i <= last; i++) {
                mean += brightness(row, 3 * i);
                for (int part = 0; part < 3; part++) {
                    sum[part] += row[3 * i + part] & 255;
                }
            }
            for (int part = 0; part < 3; part++) {
                int value = own + (sum[part] - mean) / count;
                rgb[start + 3 * x + part] = (byte) Math.max(0, Math.min(255, value));
            }
        }
    }

    private static int brightness(byte[] rgb, int at) {
        return (77 * (rgb[at] & 255) + 150 * (rgb[at + 1] & 255) + 29 * (rgb[at + 2] & 255)) >> 8;
    }
}
