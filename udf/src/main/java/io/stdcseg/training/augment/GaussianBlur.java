// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import java.util.Arrays;

/** Gaussian blur of RGB pictures, whose border repeats itself. Immutable. */
final class GaussianBlur {

    private static final int CHANNELS = 3;

    private final int radius;
    private final float[] weights;

    /**
     * @param deviation standard deviation in pixels, more than 0
     */
    GaussianBlur(double deviation) {
        radius = (int) Math.ceil(2.5 * deviation);
        weights = new float[2 * radius + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            sum += weight(i, deviation);
        }
        for (int i = -radius; i <= radius; i++) {
            weights[radius + i] = (float) (weight(i, deviation) / sum);
        }
    }

    private static double weight(int distance, double deviation) {
        return Math.exp(-distance * distance / (2 * deviation * deviation));
    }

    /**
     * Blurs in place.
     *
     * @param rgb triples (rows, columns, 3)
     */
    void apply(byte[] rgb, int rows, int columns) {
        int width = CHANNELS * columns;
        float[] blurred = new float[rows * width];
        float[] padded = new float[width + 2 * CHANNELS * radius];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < padded.length; i++) {
                int column = Math.min(Math.max(i / CHANNELS - radius, 0), columns - 1);
                padded[i] = rgb[row * width + CHANNELS * column + i % CHANNELS] & 0xff;
            }
            for (int tap = 0; tap < weights.length; tap++) {
                add(padded, tap * CHANNELS, weights[tap], blurred, row * width, width);
            }
        }
        float[] sums = new float[width];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(sums, 0.5f);
            for (int tap = 0; tap < weights.length; tap++) {
                int from = Math.min(Math.max(row + tap - radius, 0), rows - 1);
                add(blurred, from * width, weights[tap], sums, 0, width);
            }
            for (int i = 0; i < width; i++) {
                rgb[row * width + i] = (byte) sums[i];
            }
        }
    }

    private static void add(float[] from, int first, float weight, float[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] += weight * from[first + i];
        }
    }
}
