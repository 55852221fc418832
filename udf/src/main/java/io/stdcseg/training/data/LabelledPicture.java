// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.picture.Picture;

/**
 * A picture with its ground truth: a train id for each pixel.
 *
 * @param name for messages
 * @param rgb {@code height} rows of {@code width} RGB triples
 * @param labels {@code height} rows of {@code width} train ids; 255 = ignored
 */
public record LabelledPicture(String name, int width, int height, byte[] rgb, byte[] labels) {

    public LabelledPicture {
        if (rgb.length != 3 * width * height || labels.length != width * height) {
            throw new IllegalArgumentException(
                    rgb.length
                            + " bytes and "
                            + labels.length
                            + " labels for a picture of "
                            + width
                            + "x"
                            + height);
        }
    }

    /** The picture alone. */
    public Picture picture() {
        return new Picture(width, height, rgb);
    }

    /** How much memory it takes. */
    public long bytes() {
        return (long) rgb.length + labels.length;
    }
}
