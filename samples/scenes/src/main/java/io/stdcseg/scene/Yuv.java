// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.frame.StreamInfo.ColorMetadata;
import java.nio.ByteBuffer;

/**
 * YUV 4:2:0, planar, from RGB in whole numbers, so that every machine encodes the same picture:
 * BT.601, limited range.
 */
final class Yuv {

    /** What the numbers mean: primaries and transfer of sRGB, matrix of BT.601. */
    static final ColorMetadata COLOR = new ColorMetadata(1, 13, 6, false);

    private Yuv() {}

    /** Fills {@code yuv} from its start: all of Y, then U, then V. */
    static void convert(byte[] rgb, int width, int height, ByteBuffer yuv) {
        for (int pixel = 0; pixel < width * height; pixel++) {
            int red = rgb[3 * pixel] & 255;
            int green = rgb[3 * pixel + 1] & 255;
            int blue = rgb[3 * pixel + 2] & 255;
            yuv.put(
                    pixel,
                    (byte) (16 + ((16829 * red + 33039 * green + 6416 * blue + 32768) >> 16)));
        }
        int columns = (width + 1) / 2;
        int rows = (height + 1) / 2;
        int chroma = width * height;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++, chroma++) {
                int red = 0;
                int green = 0;
                int blue = 0;
                for (int i = 0; i < 4; i++) {
                    int x = Math.min(width - 1, 2 * column + i % 2);
                    int y = Math.min(height - 1, 2 * row + i / 2);
                    int at = 3 * (y * width + x);
                    red += rgb[at] & 255;
                    green += rgb[at + 1] & 255;
                    blue += rgb[at + 2] & 255;
                }
                int u = (-9714 * red - 19070 * green + 28784 * blue + 131072) >> 18;
                int v = (28784 * red - 24103 * green - 4681 * blue + 131072) >> 18;
                yuv.put(chroma, (byte) (128 + u));
                yuv.put(chroma + columns * rows, (byte) (128 + v));
            }
        }
    }
}
