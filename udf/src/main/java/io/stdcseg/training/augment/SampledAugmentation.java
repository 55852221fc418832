// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is done to one picture: one draw of an {@link Augmentation}.
 *
 * @param brightness factor
 * @param contrast factor
 * @param saturation factor
 * @param mirrored left and right swapped
 * @param scale factor of the size
 * @param x where the cut-out lies in the room that it has, 0 = left to 1 = right, exclusive
 * @param y where the cut-out lies in the room that it has, 0 = top to 1 = bottom, exclusive
 */
public record SampledAugmentation(
        double brightness,
        double contrast,
        double saturation,
        boolean mirrored,
        double scale,
        double x,
        double y) {

    /** Changes nothing. */
    public static final SampledAugmentation NONE = new SampledAugmentation(1, 1, 1, false, 1, 0, 0);

    /** Draws one; takes as many random numbers whatever the outcome. */
    public static SampledAugmentation draw(Augmentation augmentation, RandomGenerator random) {
        return new SampledAugmentation(
                factor(augmentation.brightness(), random),
                factor(augmentation.contrast(), random),
                factor(augmentation.saturation(), random),
                random.nextDouble() < 0.5 && augmentation.flip(),
                scale(augmentation.scales(), random),
                random.nextDouble(),
                random.nextDouble());
    }

    static double factor(double spread, RandomGenerator random) {
        return 1 - spread + 2 * spread * random.nextDouble();
    }

    private static double scale(List<Double> scales, RandomGenerator random) {
        double draw = random.nextDouble();
        if (scales.size() == 2) {
            return scales.get(0) * Math.pow(scales.get(1) / scales.get(0), draw);
        }
        return scales.get((int) (draw * scales.size()));
    }
}
