// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import io.stdcseg.error.InputException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Augmentation of a labelled picture before the network sees it: color jitter, horizontal flip,
 * random scale and random crop, in this order, as published; then what else light and camera may
 * do.
 *
 * @param rows of the crop
 * @param columns of the crop
 * @param scales factors of which one resizes the picture: any between the two if there are two, as
 *     likely as its inverse; one of them if there are more or only one
 * @param flip whether every second picture is flipped, left to right
 * @param brightness the picture's brightness is multiplied by 1 - b to 1 + b; 0 leaves it
 * @param contrast as brightness, around the mean grey
 * @param saturation as brightness, around each pixel's grey
 * @param variation of light and camera besides
 */
public record SegmentationAugmentation(
        int rows,
        int columns,
        List<Double> scales,
        boolean flip,
        double brightness,
        double contrast,
        double saturation,
        Variation variation) {

    /** What the network's coarsest map shrinks to one pixel. */
    private static final int LEAST_SIDE = 32;

    private static final double LARGEST_SCALE = 8;

    /** Augmentation as published, without variation. */
    public SegmentationAugmentation(
            int rows,
            int columns,
            List<Double> scales,
            boolean flip,
            double brightness,
            double contrast,
            double saturation) {
        this(rows, columns, scales, flip, brightness, contrast, saturation, Variation.NONE);
    }

    public SegmentationAugmentation {
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

    /** Draws colours, size and place; takes as many random numbers whatever the outcome. */
    public SampledAugmentation draw(RandomGenerator random) {
        return new SampledAugmentation(
                SampledAugmentation.factor(brightness, random),
                SampledAugmentation.factor(contrast, random),
                SampledAugmentation.factor(saturation, random),
                random.nextDouble() < 0.5 && flip,
                scale(random),
                random.nextDouble(),
                random.nextDouble());
    }

    /** Draws what light and camera do; takes as many random numbers whatever the outcome. */
    public SampledVariation drawVariation(RandomGenerator random) {
        return variation.draw(random);
    }

    private double scale(RandomGenerator random) {
        double draw = random.nextDouble();
        if (scales.size() == 2) {
            return scales.get(0) * Math.pow(scales.get(1) / scales.get(0), draw);
        }
        return scales.get((int) (draw * scales.size()));
    }

    static void side(String key, int value) {
        InputException.unless(value >= LEAST_SIDE, "augmentation." + key, value, "32 or more");
    }

    static void share(String key, double value) {
        InputException.unless(value >= 0 && value <= 1, "augmentation." + key, value, "0 to 1");
    }
}
