// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** How a camera turns light into numbers: a curve for each of red, green and blue. */
public final class Tone {

    /** Leaves colours as they are. */
    public static final Tone NEUTRAL = new Tone(1, 1, 0);

    private final double[][] curves = new double[3][256];

    /**
     * @param exposure factor on all light; what exceeds white is lost
     * @param gamma exponent of the curve: above 1 the shadows sink, below 1 they rise
     * @param warmth what red gains and blue loses, as a share
     */
    public Tone(double exposure, double gamma, double warmth) {
        for (int part = 0; part < 3; part++) {
            double gain = exposure * (1 + warmth * (1 - part));
            for (int value = 0; value < 256; value++) {
                double light = Math.min(1, gain * value / 255);
                curves[part][value] = 255 * StrictMath.pow(light, gamma);
            }
        }
    }

    /**
     * The value that the camera gives, 0 to 255.
     *
     * @param part 0 red, 1 green, 2 blue
     * @param value 0 to 255
     */
    double of(int part, int value) {
        return curves[part][value];
    }
}
