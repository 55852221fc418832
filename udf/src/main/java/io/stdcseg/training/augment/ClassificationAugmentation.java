// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import io.stdcseg.error.InputException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a picture of one class is varied before the network sees it: colours, mirror, a part of any
 * place, size and shape that fills the cut-out, as usual for ImageNet.
 *
 * @param rows of the cut-out
 * @param columns of the cut-out
 * @param areas the least and the largest share of the picture that the part covers
 * @param shapes the least and the largest width of the part, in heights; as likely as the inverse
 * @param flip whether every second picture is mirrored
 * @param brightness the picture's brightness is multiplied by 1 - b to 1 + b; 0 leaves it
 * @param contrast as brightness, around the mean grey
 * @param saturation as brightness, around each pixel's grey
 */
public record ClassificationAugmentation(
        int rows,
        int columns,
        List<Double> areas,
        List<Double> shapes,
        boolean flip,
        double brightness,
        double contrast,
        double saturation) {

    private static final double LONGEST = 10;

    public ClassificationAugmentation {
        areas = List.copyOf(areas);
        shapes = List.copyOf(shapes);
        Augmentation.side("rows", rows);
        Augmentation.side("columns", columns);
        InputException.unless(
                isRange(areas, 1),
                "augmentation.areas",
                areas,
                "two shares above 0, at most 1, the smaller one first,");
        InputException.unless(
                isRange(shapes, LONGEST) && shapes.get(0) >= 1 / LONGEST,
                "augmentation.shapes",
                shapes,
                "two quotients from 0.1 to 10, the smaller one first,");
        Augmentation.share("brightness", brightness);
        Augmentation.share("contrast", contrast);
        Augmentation.share("saturation", saturation);
    }

    private static boolean isRange(List<Double> range, double largest) {
        return range.size() == 2
                && range.get(0) > 0
                && range.get(0) <= range.get(1)
                && range.get(1) <= largest;
    }

    /** Draws colours and mirror; takes as many random numbers whatever the outcome. */
    public SampledAugmentation draw(RandomGenerator random) {
        return new SampledAugmentation(
                SampledAugmentation.factor(brightness, random),
                SampledAugmentation.factor(contrast, random),
                SampledAugmentation.factor(saturation, random),
                random.nextDouble() < 0.5 && flip,
                1,
                0,
                0);
    }

    /** Draws the part of a picture that fills the cut-out; takes four random numbers. */
    public RandomCrop cut(int pictureWidth, int pictureHeight, RandomGenerator random) {
        double share = areas.get(0) + (areas.get(1) - areas.get(0)) * random.nextDouble();
        double area = share * pictureWidth * pictureHeight;
        double shape = shapes.get(0) * Math.pow(shapes.get(1) / shapes.get(0), random.nextDouble());
        double partWidth = Math.min(pictureWidth, Math.sqrt(area * shape));
        double partHeight = Math.min(pictureHeight, Math.sqrt(area / shape));
        int width = Math.max(columns, (int) Math.round(columns * pictureWidth / partWidth));
        int height = Math.max(rows, (int) Math.round(rows * pictureHeight / partHeight));
        int left = (int) (random.nextDouble() * (width - columns + 1));
        int top = (int) (random.nextDouble() * (height - rows + 1));
        return new RandomCrop(width, height, width, height, left, top);
    }
}
