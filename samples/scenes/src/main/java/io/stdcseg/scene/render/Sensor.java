// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Image sensor: its tone curve, darker corners (vignetting) and a little noise.
 *
 * @param frame makes each frame's noise its own
 * @param noise largest deviation, of 255
 */
public record Sensor(long frame, int width, int height, ToneCurve tone, double noise) {

    /** Writes the three parts of a colour, as this sensor sees them. */
    void record(int color, int column, int row, byte[] rgb, int offset) {
        double x = (double) column / width - 0.5;
        double y = (double) row / height - 0.5;
        double fall = 1 - 0.3 * (x * x + y * y);
        int random = scramble((int) (frame * 0x9E3779B9L) ^ row * 0x85EBCA6B ^ column * 0xC2B2AE35);
        double grain = ((random & 0xFFFF) / 65535.0 - 0.5) * 2 * noise;
        for (int part = 0; part < 3; part++) {
            double value = tone.of(part, color >> (16 - 8 * part) & 255) * fall + grain;
            rgb[offset + part] = (byte) (value <= 0 ? 0 : value >= 255 ? 255 : (int) (value + 0.5));
        }
    }

    private static int scramble(int x) {
        int h = x;
        h = (h ^ h >>> 16) * 0x7FEB352D;
        h = (h ^ h >>> 15) * 0x846CA68B;
        return h ^ h >>> 16;
    }

    /** Tone curve: how a camera turns light into numbers, for each of red, green and blue. */
    public static final class ToneCurve {

        /** Leaves colours as they are. */
        public static final ToneCurve NEUTRAL = new ToneCurve(1, 1, 0);

        private final double[][] curves = new double[3][256];

        /**
         * @param exposure factor on all light; what exceeds white is lost
         * @param gamma exponent of the curve: above 1 the shadows sink, below 1 they rise
         * @param warmth what red gains and blue loses, as a share
         */
        public ToneCurve(double exposure, double gamma, double warmth) {
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
}
