// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.label.LabelSet;

/**
 * Pick of a pixel that a crop is to show: a class by chance among those that a picture has, rare
 * ones as often as others, then one of its pixels.
 */
final class ClassBalancedPixel {

    private static final int IDS = 256;

    private ClassBalancedPixel() {}

    /**
     * The place of the pixel in row-major order; -1 if all are ignored.
     *
     * @param labels train ids
     * @param classDraw 0 to 1, exclusive
     * @param pixelDraw 0 to 1, exclusive
     */
    static int of(byte[] labels, double classDraw, double pixelDraw) {
        int[] pixels = new int[IDS];
        for (byte label : labels) {
            pixels[label & 0xff]++;
        }
        pixels[LabelSet.IGNORE] = 0;
        int classes = 0;
        for (int count : pixels) {
            classes += count > 0 ? 1 : 0;
        }
        if (classes == 0) {
            return -1;
        }
        int id = present(pixels, (int) (classDraw * classes));
        return pixel(labels, id, (int) (pixelDraw * pixels[id]));
    }

    /** The class that has a number among those that there are. */
    private static int present(int[] pixels, int number) {
        int id = 0;
        int before = 0;
        while (pixels[id] == 0 || before < number) {
            before += pixels[id] > 0 ? 1 : 0;
            id++;
        }
        return id;
    }

    private static int pixel(byte[] labels, int id, int number) {
        int place = 0;
        int before = 0;
        while ((labels[place] & 0xff) != id || before < number) {
            before += (labels[place] & 0xff) == id ? 1 : 0;
            place++;
        }
        return place;
    }
}
