// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

/** Glare: white that a bright light adds around itself, a Gaussian a third of the crop wide. */
final class Glare {

    private static final double WIDTH = 1 / 3.0;

    private Glare() {}

    /**
     * Adds a light, in place.
     *
     * @param rgb triples (rows, columns, 3)
     * @param strength share of white at its centre
     * @param x where it is, 0 = left to 1 = right
     * @param y where it is, 0 = top to 1 = bottom
     */
    static void add(byte[] rgb, int rows, int columns, double strength, double x, double y) {
        float[] across = profile(columns, x, 1);
        float[] down = profile(rows, y, strength);
        int i = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float share = down[row] * across[column];
                for (int end = i + 3; i < end; i++) {
                    int level = rgb[i] & 0xff;
                    rgb[i] = (byte) (level + share * (255 - level) + 0.5f);
                }
            }
        }
    }

    /** The Gaussian along one axis: that of two axes is their product. */
    private static float[] profile(int length, double centre, double strength) {
        float[] profile = new float[length];
        for (int i = 0; i < length; i++) {
            double distance = ((i + 0.5) / length - centre) / WIDTH;
            profile[i] = (float) (strength * Math.exp(-distance * distance / 2));
        }
        return profile;
    }
}
