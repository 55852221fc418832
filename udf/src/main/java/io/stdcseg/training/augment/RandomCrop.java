// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

/**
 * A crop of a resized picture: how large the resized picture is, and where in it the crop lies.
 *
 * <p>A picture that augmentation makes smaller than the crop is resized a second time, so that it
 * just covers it, as published.
 *
 * @param firstWidth of the picture after the sampled scale
 * @param firstHeight of the picture after the sampled scale
 * @param width of the picture that is cropped; mostly {@code firstWidth}
 * @param height of the picture that is cropped; mostly {@code firstHeight}
 * @param left first column of the crop
 * @param top first row of the crop
 */
public record RandomCrop(
        int firstWidth, int firstHeight, int width, int height, int left, int top) {

    /** The crop of {@code columns} x {@code rows} pixels that augmentation takes. */
    public static RandomCrop of(
            int pictureWidth,
            int pictureHeight,
            SampledAugmentation sampled,
            int columns,
            int rows) {
        int firstWidth = Math.max((int) (pictureWidth * sampled.scale()), 1);
        int firstHeight = Math.max((int) (pictureHeight * sampled.scale()), 1);
        int width = firstWidth;
        int height = firstHeight;
        if (width < columns || height < rows) {
            double fit = Math.max((double) columns / width, (double) rows / height);
            width = (int) (fit * width + 1);
            height = (int) (fit * height + 1);
        }
        int left = (int) (sampled.x() * (width - columns));
        int top = (int) (sampled.y() * (height - rows));
        return new RandomCrop(firstWidth, firstHeight, width, height, left, top);
    }

    /**
     * The same crop, moved as little as it takes to show a pixel.
     *
     * @param x where the pixel is in the picture, flipped if that is, 0 = left to 1 = right
     * @param y where the pixel is in the picture, 0 = top to 1 = bottom
     */
    public RandomCrop showing(double x, double y, int columns, int rows) {
        int column = Math.min((int) (x * width), width - 1);
        int row = Math.min((int) (y * height), height - 1);
        return new RandomCrop(
                firstWidth,
                firstHeight,
                width,
                height,
                Math.min(Math.max(left, column - columns + 1), column),
                Math.min(Math.max(top, row - rows + 1), row));
    }

    /** Whether the picture is resized a second time. */
    boolean isEnlarged() {
        return width != firstWidth || height != firstHeight;
    }
}
