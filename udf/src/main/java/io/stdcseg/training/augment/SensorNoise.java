// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import java.util.SplittableRandom;

/** Noise of a sensor: Gaussian, each level its own. */
final class SensorNoise {

    private static final int BITS = 14;

    /** Draws of a normal distribution, many enough that no eye finds one again. */
    private static final float[] NORMAL = normal();

    private SensorNoise() {}

    private static float[] normal() {
        SplittableRandom random = new SplittableRandom(1);
        float[] draws = new float[1 << BITS];
        for (int i = 0; i < draws.length; i++) {
            draws[i] = (float) random.nextGaussian();
        }
        return draws;
    }

    /**
     * Adds noise in place.
     *
     * @param rgb levels
     * @param deviation standard deviation in levels
     */
    static void add(byte[] rgb, double deviation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float strength = (float) deviation;
        long draws = 0;
        for (int i = 0; i < rgb.length; i++) {
            if (i % 4 == 0) {
                draws = random.nextLong();
            }
            float level = (rgb[i] & 0xff) + strength * NORMAL[(int) (draws >>> (64 - BITS))];
            draws <<= BITS;
            rgb[i] = (byte) Math.min(Math.max(level + 0.5f, 0), 255);
        }
    }
}
