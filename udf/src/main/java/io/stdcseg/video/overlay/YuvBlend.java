// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import io.stdcseg.label.LabelSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Alpha blending of class colours over planar YUV 4:2:0 of one matrix and range.
 *
 * <p>Regions of one class are large: eight samples that share a class are blended at once, only
 * those at borders one by one.
 */
final class YuvBlend {

    /** Samples in a word. */
    private static final int WORD = Long.BYTES;

    private final SampleBlend luma;
    private final SampleBlend blueChroma;
    private final SampleBlend redChroma;

    YuvBlend(LabelSet labels, double opacity, int matrix, boolean fullRange) {
        YuvColors colors = new YuvColors(matrix, fullRange);
        luma = new SampleBlend(labels, opacity, c -> colors.luma(c.red(), c.green(), c.blue()));
        blueChroma =
                new SampleBlend(
                        labels, opacity, c -> colors.blueChroma(c.red(), c.green(), c.blue()));
        redChroma =
                new SampleBlend(
                        labels, opacity, c -> colors.redChroma(c.red(), c.green(), c.blue()));
    }

    /**
     * Draws into the picture at the buffer's position.
     *
     * @param mask ids of the coded picture, from the buffer's position on
     */
    void draw(ByteBuffer yuv, int width, int height, ByteBuffer mask) {
        ByteBuffer samples = yuv.slice().order(ByteOrder.nativeOrder());
        ByteBuffer ids = mask.slice().order(ByteOrder.nativeOrder());
        int chromaWidth = (width + 1) / 2;
        int chromaHeight = (height + 1) / 2;
        // Two rows of pixels and what covers them, while their mask is in the cache.
        for (int y = 0; y < chromaHeight; y++) {
            int upper = 2 * y * width;
            int lower = 2 * y + 1 < height ? upper + width : upper;
            drawLuma(samples, ids, upper, upper + width);
            if (lower != upper) {
                drawLuma(samples, ids, lower, lower + width);
            }
            int blue = width * height + y * chromaWidth;
            int red = blue + chromaHeight * chromaWidth;
            drawChroma(samples, ids, new ChromaRow(width, upper, lower, blue, red));
        }
    }

    private static boolean isUniform(long bytes) {
        return Long.rotateLeft(bytes, Byte.SIZE) == bytes;
    }

    private static void drawEight(SampleBlend blend, ByteBuffer samples, int at, long classes) {
        int id = (int) classes & 0xff;
        samples.putLong(at, blend.applyToEight(id, samples.getLong(at)));
    }

    private void drawLuma(ByteBuffer samples, ByteBuffer ids, int from, int to) {
        int i = from;
        for (; i <= to - WORD; i += WORD) {
            long classes = ids.getLong(i);
            if (isUniform(classes)) {
                drawEight(luma, samples, i, classes);
            } else {
                drawLumaSingly(samples, ids, i, i + WORD);
            }
        }
        drawLumaSingly(samples, ids, i, to);
    }

    private void drawLumaSingly(ByteBuffer samples, ByteBuffer ids, int from, int to) {
        for (int i = from; i < to; i++) {
            samples.put(i, (byte) luma.apply(ids.get(i) & 0xff, samples.get(i) & 0xff));
        }
    }

    private void drawChroma(ByteBuffer samples, ByteBuffer ids, ChromaRow row) {
        int x = 0;
        for (; x <= row.width - 2 * WORD; x += 2 * WORD) {
            long classes = ids.getLong(row.upper + x);
            if (isUniform(classes)
                    && classes == ids.getLong(row.upper + x + WORD)
                    && classes == ids.getLong(row.lower + x)
                    && classes == ids.getLong(row.lower + x + WORD)) {
                drawEight(blueChroma, samples, row.blue + x / 2, classes);
                drawEight(redChroma, samples, row.red + x / 2, classes);
            } else {
                drawMeans(samples, ids, row, x, x + 2 * WORD);
            }
        }
        drawMeans(samples, ids, row, x, row.width);
    }

    /** Each chroma sample covers two by two pixels: it takes the mean under their classes. */
    private void drawMeans(ByteBuffer samples, ByteBuffer ids, ChromaRow row, int from, int to) {
        for (int x = from; x < to; x += 2) {
            int right = Math.min(x + 1, row.width - 1);
            int a = ids.get(row.upper + x) & 0xff;
            int b = ids.get(row.upper + right) & 0xff;
            int c = ids.get(row.lower + x) & 0xff;
            int d = ids.get(row.lower + right) & 0xff;
            drawMean(blueChroma, samples, row.blue + x / 2, a, b, c, d);
            drawMean(redChroma, samples, row.red + x / 2, a, b, c, d);
        }
    }

    private static void drawMean(
            SampleBlend blend, ByteBuffer samples, int at, int a, int b, int c, int d) {
        int sample = samples.get(at) & 0xff;
        int sum =
                blend.apply(a, sample)
                        + blend.apply(b, sample)
                        + blend.apply(c, sample)
                        + blend.apply(d, sample);
        samples.put(at, (byte) ((sum + 2) >>> 2));
    }

    /**
     * A row of chroma.
     *
     * @param width of the picture
     * @param upper where the mask has the upper row of the pixels that the samples cover
     * @param lower where it has the lower one
     * @param blue where the row lies in the one plane
     * @param red where it lies in the other
     */
    private record ChromaRow(int width, int upper, int lower, int blue, int red) {}
}
