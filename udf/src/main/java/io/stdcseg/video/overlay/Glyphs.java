// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;

/**
 * Glyphs of one height, every one as wide as the others, as coverage from 0 to 255.
 *
 * <p>They come from a picture of Latin-1's characters in DejaVu Sans Mono: Java's own fonts need
 * libraries that machines without a screen often lack.
 */
final class Glyphs {

    private static final int CELL_WIDTH = 24;
    private static final int CELL_HEIGHT = 48;
    private static final int CELLS_PER_ROW = 16;
    private static final char FIRST = 0x20;
    private static final char LAST = 0xff;

    private static final byte[] ATLAS = readAtlas();

    private final int height;
    private final int width;
    private final byte[][] glyphs = new byte[LAST - FIRST + 1][];

    /**
     * @param height of a line, in pixels
     */
    Glyphs(int height) {
        this.height = height;
        this.width = width(height);
    }

    /** Columns of a glyph where lines have so many rows. */
    static int width(int height) {
        return Math.max(1, Math.round((float) height * CELL_WIDTH / CELL_HEIGHT));
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /**
     * Coverage, {@link #height()} rows of {@link #width()}; a question mark for what is not there.
     */
    byte[] of(char c) {
        int index = (c < FIRST || c > LAST ? '?' : c) - FIRST;
        if (glyphs[index] == null) {
            glyphs[index] = resized(index);
        }
        return glyphs[index];
    }

    private byte[] resized(int index) {
        int left = index % CELLS_PER_ROW * CELL_WIDTH;
        int top = index / CELLS_PER_ROW * CELL_HEIGHT;
        byte[] glyph = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                glyph[y * width + x] = (byte) mean(left, top, x, y);
            }
        }
        return glyph;
    }

    /** Mean over what a pixel covers of the atlas, in samples of a quarter of a cell's pixel. */
    private int mean(int left, int top, int x, int y) {
        double stepX = (double) CELL_WIDTH / width;
        double stepY = (double) CELL_HEIGHT / height;
        int samplesX = (int) Math.ceil(4 * stepX);
        int samplesY = (int) Math.ceil(4 * stepY);
        int sum = 0;
        for (int j = 0; j < samplesY; j++) {
            int row = top + (int) ((y + (j + 0.5) / samplesY) * stepY);
            for (int i = 0; i < samplesX; i++) {
                int column = left + (int) ((x + (i + 0.5) / samplesX) * stepX);
                sum += ATLAS[row * CELLS_PER_ROW * CELL_WIDTH + column] & 255;
            }
        }
        return sum / (samplesX * samplesY);
    }

    private static byte[] readAtlas() {
        try (InputStream in = Glyphs.class.getResourceAsStream("glyphs.png")) {
            BufferedImage image = ImageIO.read(in);
            Raster samples = image.getRaster();
            int[] grey =
                    samples.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
            byte[] atlas = new byte[grey.length];
            for (int i = 0; i < grey.length; i++) {
                atlas[i] = (byte) grey[i];
            }
            return atlas;
        } catch (IOException e) {
            throw new IllegalStateException("resource glyphs.png cannot be read", e);
        }
    }
}
