// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

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

    private static final int RGB = 3;

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
        return read(file, null);
    }

    /**
     * Reads a label picture as train ids: one of one channel by its ids, an RGB picture by its
     * colours, any transparency dropped.
     *
     * @return the train ids, which the next call overwrites
     * @throws InputException if the file is no such picture or holds what the label set does not
     *     know; one line that names it
     */
    public MaskFiles.Ids read(Path file, LabelSet labelSet) {
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
                return read(file, reader, labelSet);
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

    private MaskFiles.Ids read(Path file, ImageReader reader, LabelSet labelSet)
            throws IOException {
        prepare(reader.getImageTypes(0).next(), reader.getWidth(0), reader.getHeight(0));
        int channels = type.getNumBands();
        int bits = type.getBitsPerBand(0);
        boolean colored = labelSet != null && channels >= RGB && bits == 8;
        if (!colored && (channels != 1 || bits > 8)) {
            throw unreadable(
                    file,
                    "it has "
                            + channels
                            + " channels of "
                            + bits
                            + " bits; one of at most 8 is needed"
                            + (labelSet == null ? "" : ", or RGB of 8"),
                    null);
        }
        ImageReadParam here = reader.getDefaultReadParam();
        here.setDestination(image);
        Raster samples = reader.read(0, here).getRaster();
        try {
            if (colored) {
                copyColors(samples, labelSet);
            } else {
                copyIds(samples);
                if (labelSet != null) {
                    translate(labelSet);
                }
            }
        } catch (InputException e) {
            throw new InputException("label " + file + ": " + e.getMessage(), e);
        }
        return new MaskFiles.Ids(image.getWidth(), image.getHeight(), ids);
    }

    /** Keeps the picture that is there, or makes another if the next one is of another kind. */
    private void prepare(ImageTypeSpecifier next, int width, int height) {
        if (!next.equals(type) || image.getWidth() != width || image.getHeight() != height) {
            image = next.createBufferedImage(width, height);
            type = next;
        }
    }

    private void copyIds(Raster samples) {
        int width = samples.getWidth();
        makeRoom(width, samples.getHeight(), 1);
        for (int y = 0; y < samples.getHeight(); y++) {
            samples.getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                ids[y * width + x] = (byte) row[x];
            }
        }
    }

    /** Puts train ids in the place of the file's ids. */
    private void translate(LabelSet labelSet) {
        Byte[] known = new Byte[256];
        for (int i = 0; i < ids.length; i++) {
            int id = ids[i] & 255;
            if (known[id] == null) {
                known[id] = (byte) labelSet.trainId(id);
            }
            ids[i] = known[id];
        }
    }

    private void copyColors(Raster samples, LabelSet labelSet) {
        int width = samples.getWidth();
        int channels = samples.getNumBands();
        makeRoom(width, samples.getHeight(), channels);
        int color = -1;
        byte id = 0;
        for (int y = 0; y < samples.getHeight(); y++) {
            samples.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int first = x * channels;
                int next = row[first] << 16 | row[first + 1] << 8 | row[first + 2];
                if (next != color) { // Neighbours are mostly alike.
                    color = next;
                    id = (byte) labelSet.trainIdOfColor(color);
                }
                ids[y * width + x] = id;
            }
        }
    }

    private void makeRoom(int width, int height, int channels) {
        if (ids.length != width * height) {
            ids = new byte[width * height];
        }
        if (row.length != width * channels) {
            row = new int[width * channels];
        }
    }

    private static InputException unreadable(Path file, String reason, Exception cause) {
        return new InputException("label file " + file + " cannot be read: " + reason, cause);
    }
}
