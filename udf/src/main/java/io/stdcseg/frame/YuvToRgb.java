// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.io.Serializable;

/**
 * Conversion of 8-bit planar YUV 4:2:0 to RGB in whole numbers, by a matrix and a range. Each
 * chroma sample serves its 2x2 pixels:
 *
 * <pre>
 * y = (8 Y - offset) * luma >> 16
 * u = 8 U - 1024
 * v = 8 V - 1024
 * R = 0..255 of y + (v * redOfV >> 16)
 * G = 0..255 of y + (u * greenOfU >> 16) + (v * greenOfV >> 16)
 * B = 0..255 of y + (u * blueOfU >> 16)
 * </pre>
 *
 * @param offset 8 times the Y of black
 */
public record YuvToRgb(int offset, int luma, int greenOfU, int blueOfU, int redOfV, int greenOfV)
        implements Serializable {

    /** How many {@link #coefficients} there are. */
    public static final int COEFFICIENTS = 8;

    /** The numbers in a row: offset, luma, then what U and what V adds to red, green and blue. */
    public int[] coefficients() {
        return new int[] {offset, luma, 0, greenOfU, blueOfU, redOfV, greenOfV, 0};
    }

    /**
     * The RGB of one picture, sample by sample; slow.
     *
     * @param planes Y, U, V without padding, of even width and height
     * @return {@code height} rows of {@code width} RGB triples
     */
    public byte[] rgb(byte[] planes, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            int atU = width * height + i / width / 2 * (width / 2) + i % width / 2;
            int y = (8 * (planes[i] & 255) - offset) * luma >> 16;
            int u = 8 * (planes[atU] & 255) - 1024;
            int v = 8 * (planes[atU + width * height / 4] & 255) - 1024;
            rgb[3 * i] = level(y + (v * redOfV >> 16));
            rgb[3 * i + 1] = level(y + (u * greenOfU >> 16) + (v * greenOfV >> 16));
            rgb[3 * i + 2] = level(y + (u * blueOfU >> 16));
        }
        return rgb;
    }

    private static byte level(int sum) {
        return (byte) Math.max(0, Math.min(255, sum));
    }
}
