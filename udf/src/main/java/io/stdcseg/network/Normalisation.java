// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

/**
 * Normalisation of 8-bit pictures with ImageNet's mean and deviation, {@code (level / 255 - mean) /
 * deviation}, as one multiplication and one addition: {@code level * scale + shift}, per channel in
 * the order red, green, blue.
 */
public final class Normalisation {

    private static final double[] MEAN = {0.485, 0.456, 0.406};
    private static final double[] DEVIATION = {0.229, 0.224, 0.225};

    private Normalisation() {}

    /** Three factors. */
    public static float[] scale() {
        float[] scale = new float[MEAN.length];
        for (int i = 0; i < scale.length; i++) {
            scale[i] = (float) (1 / (255 * DEVIATION[i]));
        }
        return scale;
    }

    /** Three summands. */
    public static float[] shift() {
        float[] shift = new float[MEAN.length];
        for (int i = 0; i < shift.length; i++) {
            shift[i] = (float) (-MEAN[i] / DEVIATION[i]);
        }
        return shift;
    }
}
