// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

/**
 * A cut-out of a resized picture: how large the resized picture is, and where in it the cut-out
 * lies.
 *
 * <p>A picture that a variation makes smaller than the cut-out is resized a second time, so that it
 * just covers it, as published.
 *
 * @param firstWidth of the picture after the variation's scale
 * @param firstHeight of the picture after the variation's scale
 * @param width of the picture that is cut; mostly {@code firstWidth}
 * @param height of the picture that is cut; mostly {@code firstHeight}
 * @param left first column of the cut-out
 * @param top first row of the cut-out
 */
public record RandomCrop(
        int firstWidth, int firstHeight, int width, int height, int left, int top) {

    /** The cut-out of {@code columns} x {@code rows} pixels that a variation takes. */
    public static RandomCrop of(
            int pictureWidth,
            int pictureHeight,
            SampledAugmentation variation,
            int columns,
            int rows) {
        int firstWidth = Math.max((int) (pictureWidth * variation.scale()), 1);
        int firstHeight = Math.max((int) (pictureHeight * variation.scale()), 1);
        int width = firstWidth;
        int height = firstHeight;
        if (width < columns || height < rows) {
            double fit = Math.max((double) columns / width, (double) rows / height);
            width = (int) (fit * width + 1);
            height = (int) (fit * height + 1);
        }
        int left = (int) (variation.x() * (width - columns));
        int top = (int) (variation.y() * (height - rows));
        return new RandomCrop(firstWidth, firstHeight, width, height, left, top);
    }

    /** Whether the picture is resized a second time. */
    boolean isEnlarged() {
        return width != firstWidth || height != firstHeight;
    }
}
