// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import io.stdcseg.error.InputException;
import io.stdcseg.file.FileNames;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reader of masks and other pictures whose samples are ids, one after the other, into memory that
 * it keeps while they stay alike. For one thread at a time.
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
        return ids(decode(file, false));
    }

    /**
     * The same of a file that lies in memory.
     *
     * @param name what errors call it
     */
    public MaskFiles.Ids read(String name, byte[] content) {
        return ids(decode(name, content, false));
    }

    /**
     * Decodes a picture with one channel, or with those of RGB and any others.
     *
     * @param rgb whether RGB of 8 bits is allowed, too
     * @return the samples as stored, which the next call overwrites
     * @throws InputException if the file is no such picture; one line that names it
     * @throws UncheckedIOException if its store does not answer
     */
    Raster decode(Path file, boolean rgb) {
        return decode(file, open(file), rgb);
    }

    /** The same of a file that lies in memory. */
    Raster decode(String name, byte[] content, boolean rgb) {
        return decode(
                name, new MemoryCacheImageInputStream(new ByteArrayInputStream(content)), rgb);
    }

    private Raster decode(Object file, ImageInputStream opened, boolean rgb) {
        try (ImageInputStream in = opened) {
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
                return decode(file, reader, rgb);
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

    /** The file's bytes, those of a store read whole; null if it is not there. */
    private static ImageInputStream open(Path file) {
        try {
            return ImageIO.createImageInputStream(
                    FileNames.isNative(file)
                            ? file.toFile()
                            : new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read at present", e);
        }
    }

    private Raster decode(Object file, ImageReader reader, boolean rgb) throws IOException {
        prepare(reader.getImageTypes(0).next(), reader.getWidth(0), reader.getHeight(0));
        int channels = type.getNumBands();
        int bits = type.getBitsPerBand(0);
        boolean isRgb = rgb && channels >= RGB && bits == 8;
        if (!isRgb && (channels != 1 || bits > 8)) {
            throw unreadable(
                    file,
                    "it has "
                            + channels
                            + " channels of "
                            + bits
                            + " bits; one of at most 8 is needed"
                            + (rgb ? ", or RGB of 8" : ""),
                    null);
        }
        ImageReadParam here = reader.getDefaultReadParam();
        here.setDestination(image);
        return reader.read(0, here).getRaster();
    }

    /** Keeps the picture that is there, or makes another if the next one is of another kind. */
    private void prepare(ImageTypeSpecifier next, int width, int height) {
        if (!next.equals(type) || image.getWidth() != width || image.getHeight() != height) {
            image = next.createBufferedImage(width, height);
            type = next;
        }
    }

    /** The samples of one channel as bytes, which the next call overwrites. */
    MaskFiles.Ids ids(Raster samples) {
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
        return new MaskFiles.Ids(width, height, ids);
    }

    private static InputException unreadable(Object file, String reason, Exception cause) {
        return new InputException("label file " + file + " cannot be read: " + reason, cause);
    }
}
