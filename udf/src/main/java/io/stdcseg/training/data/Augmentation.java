// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

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

    public Augmentation {
        scales = List.copyOf(scales);
    }
}
