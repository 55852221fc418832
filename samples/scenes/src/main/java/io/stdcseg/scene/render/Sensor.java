// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * The sensor's share in a picture: its tone curve, darker corners and a little noise.
 *
 * @param frame makes each frame's noise its own
 * @param noise largest deviation, of 255
 */
public record Sensor(long frame, int width, int height, Tone tone, double noise) {

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
}
