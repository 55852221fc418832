// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.frame.Mask;

/**
 * Segmentation mask of a picture in memory of its own; Flink's serializer of records takes it
 * anywhere.
 *
 * @param ids {@code height} rows of {@code width} train ids
 */
public record PictureMask(int width, int height, byte[] ids) {

    public PictureMask {
        if (width < 1 || height < 1 || ids.length != width * height) {
            throw new IllegalArgumentException(
                    ids.length + " ids for a mask of " + width + "x" + height);
        }
    }

    /** A copy of a frame's mask, which goes back to its pool. */
    public static PictureMask of(Mask mask) {
        byte[] ids = new byte[mask.width() * mask.height()];
        mask.ids().get(ids);
        return new PictureMask(mask.width(), mask.height(), ids);
    }

    /**
     * Each class's share of the pixels, 0 to 1.
     *
     * @param classes how many there are; ids from there on, such as 255, are of none
     */
    public double[] shares(int classes) {
        int[] pixels = new int[256];
        for (byte id : ids) {
            pixels[id & 255]++;
        }
        double[] shares = new double[classes];
        for (int c = 0; c < classes; c++) {
            shares[c] = (double) pixels[c] / ids.length;
        }
        return shares;
    }
}
