// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import io.stdcseg.error.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * The numbers of a picture with one channel, grey or palette, as they stand in the file.
 *
 * @param ids row by row
 */
record LabelPicture(int width, int height, int[] ids) {

    /**
     * Reads a file.
     *
     * @throws InputException if it is no picture, or has several channels
     */
    static LabelPicture read(Path file) {
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException | RuntimeException e) {
            throw new InputException("label " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (image == null) {
            throw new InputException("label " + file + " is not a PNG picture");
        }
        Raster raster = image.getRaster();
        if (raster.getNumBands() != 1) {
            throw new InputException(
                    "label "
                            + file
                            + " has "
                            + raster.getNumBands()
                            + " channels; one with class ids is needed");
        }
        int width = raster.getWidth();
        int height = raster.getHeight();
        int[] ids = raster.getSamples(0, 0, width, height, 0, (int[]) null);
        return new LabelPicture(width, height, ids);
    }
}
