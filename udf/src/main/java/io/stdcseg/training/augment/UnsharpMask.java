// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

/**
 * Unsharp mask: what a camera does that sharpens its pictures, halos and all. Adds to a picture a
 * share of what a blur by one pixel takes from it.
 */
final class UnsharpMask {

    private static final GaussianBlur BLUR = new GaussianBlur(1);

    private UnsharpMask() {}

    /**
     * Sharpens in place.
     *
     * @param rgb triples (rows, columns, 3)
     * @param amount share of the difference that is added
     */
    static void apply(byte[] rgb, int rows, int columns, double amount) {
        byte[] blurred = rgb.clone();
        BLUR.apply(blurred, rows, columns);
        float share = (float) amount;
        for (int i = 0; i < rgb.length; i++) {
            int level = rgb[i] & 0xff;
            float sharp = level + share * (level - (blurred[i] & 0xff));
            rgb[i] = (byte) Math.min(Math.max(sharp + 0.5f, 0), 255);
        }
    }
}
