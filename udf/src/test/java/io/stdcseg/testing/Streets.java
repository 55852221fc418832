// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures of rendered streets that engines are judged by, at any size. */
public final class Streets {

    private Streets() {}

    /** Packed RGB rows of street 1, 2 or 3. */
    public static byte[] rgb(int number, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(read(number), 0, 0, width, height, null);
        graphics.dispose();
        byte[] levels = ((DataBufferByte) scaled.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < levels.length; i += 3) {
            byte blue = levels[i];
            levels[i] = levels[i + 2];
            levels[i + 2] = blue;
        }
        return levels;
    }

    private static BufferedImage read(int number) {
        String name = "/io/stdcseg/engine/choice/street-" + number + ".jpg";
        try (InputStream in = Streets.class.getResourceAsStream(name)) {
            return ImageIO.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
