// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.error.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Label pictures and masks as files: PNG whose samples are ids, never colours. Thread-safe.
 *
 * <p>What is written appears whole or not at all.
 */
public final class MaskFiles {

    private MaskFiles() {}

    /**
     * The ids of a label file.
     *
     * @param ids {@code height} rows of {@code width} ids, one byte each
     */
    public record Ids(int width, int height, byte[] ids) {}

    /**
     * Reads the samples of a picture with one channel, as stored: of a palette picture the indices.
     *
     * @throws InputException if the file is no such picture; one line that names it
     */
    public static Ids read(Path file) {
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
                return ids(file, reader.read(0).getRaster());
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

    private static Ids ids(Path file, Raster raster) {
        if (raster.getNumBands() != 1 || raster.getSampleModel().getSampleSize(0) > 8) {
            throw unreadable(
                    file,
                    "it has "
                            + raster.getNumBands()
                            + " channels of "
                            + raster.getSampleModel().getSampleSize(0)
                            + " bits; one of at most 8 is needed",
                    null);
        }
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] ids = new byte[width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                ids[y * width + x] = (byte) row[x];
            }
        }
        return new Ids(width, height, ids);
    }

    private static InputException unreadable(Path file, String reason, Exception cause) {
        return new InputException("label file " + file + " cannot be read: " + reason, cause);
    }

    /**
     * Writes ids as an 8-bit grey PNG.
     *
     * @param ids {@code width * height} bytes from the buffer's position on
     */
    public static void write(Path file, int width, int height, ByteBuffer ids) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        ids.get(ids.position(), samples(image));
        write(file, image);
    }

    /**
     * Writes a picture as an RGB PNG.
     *
     * @param rgb {@code 3 * width * height} bytes from the buffer's position on
     */
    public static void writeRgb(Path file, int width, int height, ByteBuffer rgb)
            throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] samples = samples(image);
        rgb.get(rgb.position(), samples);
        for (int i = 0; i < samples.length; i += 3) {
            byte red = samples[i];
            samples[i] = samples[i + 2];
            samples[i + 2] = red;
        }
        write(file, image);
    }

    private static byte[] samples(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    private static void write(Path file, BufferedImage image) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                if (!ImageIO.write(image, "png", out)) {
                    throw new IOException("no writer for PNG");
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
