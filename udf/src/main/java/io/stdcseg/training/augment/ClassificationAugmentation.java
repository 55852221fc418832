// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import io.stdcseg.error.InputException;
import io.stdcseg.picture.Picture;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Augmentation of a picture of one class before the network sees it: color jitter, horizontal flip
 * and random resized crop, as usual for ImageNet.
 *
 * @param rows of the crop
 * @param columns of the crop
 * @param areas the least and the largest share of the picture that the part covers
 * @param shapes the least and the largest width of the part, in heights; as likely as the inverse
 * @param flip whether every second picture is flipped, left to right
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
        SegmentationAugmentation.side("rows", rows);
        SegmentationAugmentation.side("columns", columns);
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
        SegmentationAugmentation.share("brightness", brightness);
        SegmentationAugmentation.share("contrast", contrast);
        SegmentationAugmentation.share("saturation", saturation);
    }

    private static boolean isRange(List<Double> range, double largest) {
        return range.size() == 2
                && range.get(0) > 0
                && range.get(0) <= range.get(1)
                && range.get(1) <= largest;
    }

    /** Draws colours and flip; takes as many random numbers whatever the outcome. */
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

    /** Draws the part of a picture that fills the crop; takes four random numbers. */
    public RandomCrop crop(int pictureWidth, int pictureHeight, RandomGenerator random) {
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

    /**
     * The center crop of a picture whose shorter side is resized, as classifiers are evaluated.
     *
     * @param shorterSide of the resized picture, at least the longer side of the crop
     * @return RGB triples (rows, columns, 3)
     */
    public byte[] centerCrop(Picture picture, int shorterSide) {
        double scale = (double) shorterSide / Math.min(picture.width(), picture.height());
        int width = Math.max(columns, (int) Math.round(scale * picture.width()));
        int height = Math.max(rows, (int) Math.round(scale * picture.height()));
        RandomCrop crop =
                new RandomCrop(
                        width, height, width, height, (width - columns) / 2, (height - rows) / 2);
        return new AugmentedCrop(picture, SampledAugmentation.NONE, crop, columns, rows).pixels();
    }
}
