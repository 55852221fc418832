// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.error.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads label pictures and masks, one after the other, into memory that it keeps while they stay
 * alike. For one thread at a time.
 */
public final class MaskFileReader {

    private ImageTypeSpecifier type;
    private BufferedImage image;
    private byte[] ids = new byte[0];
    private int[] row = new int[0];

    /**
     * Reads the samples of a picture with one channel, as stored: of a palette picture the indices.
     *
     * @return the ids, which the next call overwrites
     * @throws InputException if the file is no such picture; one line that names it
     */
    public MaskFiles.Ids read(Path file) {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            if (in == null) {
                throw unreadable(file, "the file does not exist or may not be read", null);
            }
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw unreadable(file, "it is not a picture", null);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                return read(file, reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof InputException input) {
                throw input;
            }
            throw unreadable(file, String.valueOf(e.getMessage()).replace('\n', ' '), e);
        }
    }

    private MaskFiles.Ids read(Path file, ImageReader reader) throws IOException {
        prepare(reader.getImageTypes(0).next(), reader.getWidth(0), reader.getHeight(0));
        if (type.getNumBands() != 1 || type.getBitsPerBand(0) > 8) {
            throw unreadable(
                    file,
                    "it has "
                            + type.getNumBands()
                            + " channels of "
                            + type.getBitsPerBand(0)
                            + " bits; one of at most 8 is needed",
                    null);
        }
        ImageReadParam here = reader.getDefaultReadParam();
        here.setDestination(image);
        copy(reader.read(0, here).getRaster());
        return new MaskFiles.Ids(image.getWidth(), image.getHeight(), ids);
    }

    /** Keeps the picture that is there, or makes another if the next one is of another kind. */
    private void prepare(ImageTypeSpecifier next, int width, int height) {
        if (!next.equals(type) || image.getWidth() != width || image.getHeight() != height) {
            image = next.createBufferedImage(width, height);
            type = next;
        }
    }

    private void copy(Raster samples) {
        int width = samples.getWidth();
        int height = samples.getHeight();
        if (ids.length != width * height) {
            ids = new byte[width * height];
        }
        if (row.length != width) {
            row = new int[width];
        }
        for (int y = 0; y < height; y++) {
            samples.getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                ids[y * width + x] = (byte) row[x];
            }
        }
    }

    private static InputException unreadable(Path file, String reason, Exception cause) {
        return new InputException("label file " + file + " cannot be read: " + reason, cause);
    }
}
