// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

/** Tone curves of the three channels: gamma, and white balance. Immutable. */
final class ToneCurves {

    private static final int LEVELS = 256;

    private final byte[][] curves = new byte[3][LEVELS];

    /**
     * @param gamma exponent of levels between 0 and 1
     * @param temperature share that red gains and blue loses
     */
    ToneCurves(double gamma, double temperature) {
        double[] gains = {1 + temperature, 1, 1 - temperature};
        for (int channel = 0; channel < gains.length; channel++) {
            for (int level = 0; level < LEVELS; level++) {
                double light = gains[channel] * Math.pow(level / 255.0, gamma);
                curves[channel][level] = (byte) Math.min(Math.round(255 * light), 255);
            }
        }
    }

    /**
     * Changes levels in place.
     *
     * @param rgb triples
     */
    void apply(byte[] rgb) {
        for (int i = 0; i < rgb.length; i += curves.length) {
            for (int channel = 0; channel < curves.length; channel++) {
                rgb[i + channel] = curves[channel][rgb[i + channel] & 0xff];
            }
        }
    }
}
