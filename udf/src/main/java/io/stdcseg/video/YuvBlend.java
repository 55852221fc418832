// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.global.avutil;

/** Blends class colours into planar YUV 4:2:0 of one matrix and range. Not thread-safe. */
final class YuvBlend {

    private static final int BITS = 8;

    private final byte[] luma;
    private final byte[] blueChroma;
    private final byte[] redChroma;
    private byte[] row = new byte[0];

    YuvBlend(LabelSet labels, double opacity, int matrix, boolean fullRange) {
        double kr = redWeight(matrix);
        double kb = blueWeight(matrix);
        double lumaScale = fullRange ? 1 : 219 / 255.0;
        double chromaScale = fullRange ? 1 : 224 / 255.0;
        double black = fullRange ? 0 : 16;
        this.luma =
                BlendTable.ofSamples(labels, opacity, c -> black + lumaScale * light(c, kr, kb))
                        .table;
        this.blueChroma =
                BlendTable.ofSamples(
                                labels,
                                opacity,
                                c ->
                                        128
                                                + chromaScale
                                                        * (c.blue() - light(c, kr, kb))
                                                        / (2 * (1 - kb)))
                        .table;
        this.redChroma =
                BlendTable.ofSamples(
                                labels,
                                opacity,
                                c ->
                                        128
                                                + chromaScale
                                                        * (c.red() - light(c, kr, kb))
                                                        / (2 * (1 - kr)))
                        .table;
    }

    private static double light(LabelClass c, double kr, double kb) {
        return kr * c.red() + (1 - kr - kb) * c.green() + kb * c.blue();
    }

    private static double redWeight(int matrix) {
        return switch (matrix) {
            case avutil.AVCOL_SPC_BT709 -> 0.2126;
            case avutil.AVCOL_SPC_BT2020_NCL, avutil.AVCOL_SPC_BT2020_CL -> 0.2627;
            case avutil.AVCOL_SPC_FCC -> 0.30;
            case avutil.AVCOL_SPC_SMPTE240M -> 0.212;
            default -> 0.299;
        };
    }

    private static double blueWeight(int matrix) {
        return switch (matrix) {
            case avutil.AVCOL_SPC_BT709 -> 0.0722;
            case avutil.AVCOL_SPC_BT2020_NCL, avutil.AVCOL_SPC_BT2020_CL -> 0.0593;
            case avutil.AVCOL_SPC_FCC -> 0.11;
            case avutil.AVCOL_SPC_SMPTE240M -> 0.087;
            default -> 0.114;
        };
    }

    /**
     * @param mask ids of the coded picture
     */
    void draw(ByteBuffer yuv, int width, int height, byte[] mask) {
        if (row.length < width) {
            row = new byte[width];
        }
        int start = yuv.position();
        for (int y = 0; y < height; y++) {
            int at = start + y * width;
            yuv.get(at, row, 0, width);
            blendLuma(mask, y * width, width);
            yuv.put(at, row, 0, width);
        }
        int chromaWidth = (width + 1) / 2;
        int chromaHeight = (height + 1) / 2;
        int blue = start + width * height;
        int red = blue + chromaWidth * chromaHeight;
        drawChroma(yuv, blue, blueChroma, mask, width, height);
        drawChroma(yuv, red, redChroma, mask, width, height);
    }

    private void blendLuma(byte[] mask, int from, int width) {
        byte[] table = luma;
        byte[] samples = row;
        for (int x = 0; x < width; x++) {
            samples[x] = table[(mask[from + x] & 0xff) << BITS | (samples[x] & 0xff)];
        }
    }

    private void drawChroma(
            ByteBuffer yuv, int plane, byte[] table, byte[] mask, int width, int height) {
        int chromaWidth = (width + 1) / 2;
        int chromaHeight = (height + 1) / 2;
        for (int y = 0; y < chromaHeight; y++) {
            int at = plane + y * chromaWidth;
            yuv.get(at, row, 0, chromaWidth);
            int upper = 2 * y * width;
            int lower = 2 * y + 1 < height ? upper + width : upper;
            blendChroma(table, mask, upper, lower, width);
            yuv.put(at, row, 0, chromaWidth);
        }
    }

    /** Each sample covers two by two pixels: their mean, where their classes differ. */
    private void blendChroma(byte[] table, byte[] mask, int upper, int lower, int width) {
        byte[] samples = row;
        for (int x = 0; x < width; x += 2) {
            int right = x + 1 < width ? 1 : 0;
            int a = mask[upper + x] & 0xff;
            int b = mask[upper + x + right] & 0xff;
            int c = mask[lower + x] & 0xff;
            int d = mask[lower + x + right] & 0xff;
            int value = samples[x >> 1] & 0xff;
            if (a == b && a == c && a == d) {
                samples[x >> 1] = table[a << BITS | value];
            } else {
                int sum =
                        (table[a << BITS | value] & 0xff)
                                + (table[b << BITS | value] & 0xff)
                                + (table[c << BITS | value] & 0xff)
                                + (table[d << BITS | value] & 0xff);
                samples[x >> 1] = (byte) ((sum + 2) >> 2);
            }
        }
    }
}
