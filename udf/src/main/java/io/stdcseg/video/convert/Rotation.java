// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

/** Rotation of packed pictures by quarter turns. */
public final class Rotation {

    /** Square of pixels moved at a time, so that rows and columns stay in the cache. */
    private static final int TILE = 32;

    private Rotation() {}

    /**
     * Turns a picture clockwise.
     *
     * @param source {@code height} rows of {@code width} pixels of {@code channels} bytes
     * @param degrees 90, 180 or 270
     * @param target as large as the source; {@code width} rows of {@code height} pixels for quarter
     *     turns
     */
    public static void clockwise(
            byte[] source, int width, int height, int channels, int degrees, byte[] target) {
        // The place of source pixel (x, y) in the target is origin + x * perX + y * perY.
        int origin;
        int perX;
        int perY;
        switch (degrees) {
            case 90 -> {
                origin = height - 1;
                perX = height;
                perY = -1;
            }
            case 180 -> {
                origin = width * height - 1;
                perX = -1;
                perY = -width;
            }
            case 270 -> {
                origin = (width - 1) * height;
                perX = -height;
                perY = 1;
            }
            default ->
                    throw new IllegalArgumentException(
                            "rotation " + degrees + " is not one of 90, 180, 270");
        }
        for (int top = 0; top < height; top += TILE) {
            int bottom = Math.min(top + TILE, height);
            for (int left = 0; left < width; left += TILE) {
                int right = Math.min(left + TILE, width);
                for (int y = top; y < bottom; y++) {
                    int from = (y * width + left) * channels;
                    int to = (origin + left * perX + y * perY) * channels;
                    for (int x = left; x < right; x++) {
                        for (int c = 0; c < channels; c++) {
                            target[to + c] = source[from + c];
                        }
                        from += channels;
                        to += perX * channels;
                    }
                }
            }
        }
    }
}
