// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import java.util.random.RandomGenerator;

/**
 * Sampled augmentation: what is done to one picture, drawn within the limits of a {@link
 * SegmentationAugmentation} or a {@link ClassificationAugmentation}.
 *
 * @param brightness factor
 * @param contrast factor
 * @param saturation factor
 * @param flipped left and right swapped
 * @param scale factor of the size
 * @param x where the crop lies in the room that it has, 0 = left to 1 = right, exclusive
 * @param y where the crop lies in the room that it has, 0 = top to 1 = bottom, exclusive
 */
public record SampledAugmentation(
        double brightness,
        double contrast,
        double saturation,
        boolean flipped,
        double scale,
        double x,
        double y) {

    /** Changes nothing. */
    public static final SampledAugmentation NONE = new SampledAugmentation(1, 1, 1, false, 1, 0, 0);

    /** The same size and place in the picture's own colours. */
    public SampledAugmentation inOwnColours() {
        return new SampledAugmentation(1, 1, 1, flipped, scale, x, y);
    }

    /** A factor of 1 - {@code spread} to 1 + {@code spread}. */
    static double factor(double spread, RandomGenerator random) {
        return 1 - spread + 2 * spread * random.nextDouble();
    }
}
