// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import io.stdcseg.error.InputException;
import java.util.List;

/**
 * How a labelled picture is varied before the network sees it: colours, mirror, size, cut-out, in
 * this order, as published.
 *
 * @param rows of the cut-out
 * @param columns of the cut-out
 * @param scales factors of which one resizes the picture: any between the two if there are two, as
 *     likely as its inverse; one of them if there are more or only one
 * @param flip whether every second picture is mirrored
 * @param brightness the picture's brightness is multiplied by 1 - b to 1 + b; 0 leaves it
 * @param contrast as brightness, around the mean grey
 * @param saturation as brightness, around each pixel's grey
 */
public record Augmentation(
        int rows,
        int columns,
        List<Double> scales,
        boolean flip,
        double brightness,
        double contrast,
        double saturation) {

    /** What the network's coarsest map shrinks to one pixel. */
    private static final int LEAST_SIDE = 32;

    private static final double LARGEST_SCALE = 8;

    public Augmentation {
        scales = List.copyOf(scales);
        side("rows", rows);
        side("columns", columns);
        InputException.unless(
                !scales.isEmpty() && scales.stream().allMatch(s -> s > 0 && s <= LARGEST_SCALE),
                "augmentation.scales",
                scales,
                "a list of factors above 0, at most 8,");
        InputException.unless(
                scales.size() != 2 || scales.get(0) < scales.get(1),
                "augmentation.scales",
                scales,
                "of two factors, any between which is taken, the smaller one first");
        share("brightness", brightness);
        share("contrast", contrast);
        share("saturation", saturation);
    }

    static void side(String key, int value) {
        InputException.unless(value >= LEAST_SIDE, "augmentation." + key, value, "32 or more");
    }

    static void share(String key, double value) {
        InputException.unless(value >= 0 && value <= 1, "augmentation." + key, value, "0 to 1");
    }
}
