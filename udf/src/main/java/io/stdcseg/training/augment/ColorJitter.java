// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

/**
 * Color jitter: brightness, contrast and saturation, in this order, as the published training
 * changes them with PIL's {@code ImageEnhance}, to the last bit. The first two are one table: they
 * treat all levels of a picture alike.
 */
final class ColorJitter {

    private static final int LEVELS = 256;

    private final byte[] levels;
    private final float saturation;

    /**
     * @param rgb the whole picture; contrast is around its mean grey
     */
    ColorJitter(byte[] rgb, SampledAugmentation sampled) {
        levels = table(0, (float) sampled.brightness(), null);
        if (sampled.contrast() != 1) {
            byte[] brightened = levels.clone();
            System.arraycopy(
                    table(meanGrey(rgb, brightened), (float) sampled.contrast(), brightened),
                    0,
                    levels,
                    0,
                    LEVELS);
        }
        saturation = (float) sampled.saturation();
    }

    /** What becomes of each level that is blended with {@code other}, after another table. */
    private static byte[] table(int other, float factor, byte[] before) {
        byte[] table = new byte[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            int in = before == null ? level : before[level] & 0xff;
            table[level] = (byte) blend(other, in, factor);
        }
        return table;
    }

    /** PIL's {@code Image.blend}: truncated, not rounded. */
    private static int blend(int from, int to, float factor) {
        return Math.min(Math.max((int) (from + factor * (to - from)), 0), LEVELS - 1);
    }

    /** PIL's conversion to {@code L}. */
    private static int grey(int red, int green, int blue) {
        return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
    }

    private static int meanGrey(byte[] rgb, byte[] levels) {
        long sum = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            sum +=
                    grey(
                            levels[rgb[i] & 0xff] & 0xff,
                            levels[rgb[i + 1] & 0xff] & 0xff,
                            levels[rgb[i + 2] & 0xff] & 0xff);
        }
        return (int) (sum / (rgb.length / 3.0) + 0.5);
    }

    /** Changes RGB triples in place. */
    void apply(int[] rgb) {
        for (int i = 0; i < rgb.length; i += 3) {
            int red = levels[rgb[i]] & 0xff;
            int green = levels[rgb[i + 1]] & 0xff;
            int blue = levels[rgb[i + 2]] & 0xff;
            if (saturation != 1) {
                int grey = grey(red, green, blue);
                red = blend(grey, red, saturation);
                green = blend(grey, green, saturation);
                blue = blend(grey, blue, saturation);
            }
            rgb[i] = red;
            rgb[i + 1] = green;
            rgb[i + 2] = blue;
        }
    }
}
