// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import io.stdcseg.error.InputException;
import io.stdcseg.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Files of masks and labels: PNG whose samples are ids, never colours. Thread-safe.
 *
 * <p>What is written appears whole or not at all.
 */
public final class MaskFiles {

    private MaskFiles() {}

    /**
     * Ids of a label or mask file.
     *
     * @param ids {@code height} rows of {@code width} ids, one byte each
     */
    public record Ids(int width, int height, byte[] ids) {}

    /**
     * Reads the samples of a picture with one channel, as stored: of a palette picture the indices.
     * For several pictures see {@link MaskFileReader}.
     *
     * @throws InputException if the file is no such picture; one line that names it
     */
    public static Ids read(Path file) {
        return new MaskFileReader().read(file);
    }

    /**
     * Writes ids as an 8-bit grey PNG. For several masks see {@link MaskFileWriter}.
     *
     * @param ids {@code width * height} bytes from the buffer's position on
     */
    public static void write(Path file, int width, int height, ByteBuffer ids) throws IOException {
        try (MaskFileWriter writer = new MaskFileWriter()) {
            writer.write(file, width, height, ids);
        }
    }

    /**
     * Writes a picture as an RGB PNG.
     *
     * @param rgb {@code 3 * width * height} bytes from the buffer's position on
     */
    public static void writeRgb(Path file, int width, int height, ByteBuffer rgb)
            throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        rgb.get(rgb.position(), samples);
        for (int i = 0; i < samples.length; i += 3) {
            byte red = samples[i];
            samples[i] = samples[i + 2];
            samples[i + 2] = red;
        }
        AtomicFile.write(
                file,
                out -> {
                    if (!ImageIO.write(image, "png", out)) {
                        throw new IOException("no writer for PNG");
                    }
                });
    }
}
