// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writer of pictures as JPEG, in memory alone. For one thread at a time. */
public final class JpegWriter implements AutoCloseable {

    private static final ColorModel RGB =
            new ComponentColorModel(
                    ColorSpace.getInstance(ColorSpace.CS_sRGB),
                    false,
                    false,
                    ColorModel.OPAQUE,
                    DataBuffer.TYPE_BYTE);

    private final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    private final ImageWriteParam settings = writer.getDefaultWriteParam();

    /**
     * @param quality 0 to 1
     */
    public JpegWriter(double quality) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality((float) quality);
    }

    /** Writes what a file holds; whoever gave the stream closes it. */
    public void write(OutputStream out, Picture picture) throws IOException {
        WritableRaster raster =
                Raster.createInterleavedRaster(
                        new DataBufferByte(picture.rgb(), picture.rgb().length),
                        picture.width(),
                        picture.height(),
                        3 * picture.width(),
                        3,
                        new int[] {0, 1, 2},
                        null);
        BufferedImage image = new BufferedImage(RGB, raster, false, null);
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.setOutput(null);
        }
    }

    /** Frees the compressor. */
    @Override
    public void close() {
        writer.dispose();
    }
}
