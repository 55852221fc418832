// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;

/**
 * What a picture looks like, whatever a network makes of it: how bright it is and how sharp, at the
 * points of a {@link MaskLattice}. A lens out of focus, a covered one and another kind of light
 * show there even where the network takes them for something that it knows.
 *
 * <p>Luma is that of video in its usual range, in 8 bits: 16 black, 235 white; the same whether a
 * picture is there as planes or as RGB, so that streams go on to be held against their past where a
 * run goes on with the other. Counts of parts add up to those of the whole.
 */
final class LumaCounts {

    /** Levels of luma that are told apart. */
    static final int BINS = 16;

    /** Numbers of them: points of each bin, and the sum of differences. */
    static final int NUMBERS = BINS + 1;

    private static final int BIN_BITS = 4;

    private static final int BLACK = 16;
    private static final int RANGE = 219;

    private LumaCounts() {}

    /**
     * Adds the luma of video.
     *
     * @param luma {@code height} rows of {@code width} bytes, and more behind them
     * @param fullRange whether 0 is black and 255 white
     * @param numbers gets the counts
     * @param from where they begin
     */
    static void addPlane(
            ByteBuffer luma, boolean fullRange, int width, int height, long[] numbers, int from) {
        IntUnaryOperator asItIs = pixel -> luma.get(pixel) & 255;
        IntUnaryOperator usual = pixel -> BLACK + (luma.get(pixel) & 255) * RANGE / 255;
        add(fullRange ? usual : asItIs, width, height, numbers, from);
    }

    /**
     * Adds the luma of RGB, by ITU-R BT.601.
     *
     * @param rgb {@code height} rows of {@code width} triples
     * @param numbers gets the counts
     * @param from where they begin
     */
    static void addRgb(ByteBuffer rgb, int width, int height, long[] numbers, int from) {
        add(pixel -> luma(rgb, 3 * pixel), width, height, numbers, from);
    }

    private static int luma(ByteBuffer rgb, int at) {
        int red = rgb.get(at) & 255;
        int green = rgb.get(at + 1) & 255;
        int blue = rgb.get(at + 2) & 255;
        return BLACK + (66 * red + 129 * green + 25 * blue + 128 >> 8);
    }

    private static void add(
            IntUnaryOperator luma, int width, int height, long[] numbers, int from) {
        int columns = MaskLattice.points(width);
        int rows = MaskLattice.points(height);
        long differences = 0;
        for (int row = 0; row < rows; row++) {
            int y = MaskLattice.pixel(row, height);
            int above = Math.max(0, y - 1) * width;
            for (int column = 0; column < columns; column++) {
                int x = MaskLattice.pixel(column, width);
                int here = luma.applyAsInt(y * width + x);
                differences +=
                        Math.abs(here - luma.applyAsInt(y * width + Math.max(0, x - 1)))
                                + Math.abs(here - luma.applyAsInt(above + x));
                numbers[from + (here >> BIN_BITS)]++;
            }
        }
        numbers[from + BINS] += differences;
    }

    /** Share of each bin, 0 to 1; NaN without pictures. */
    static double[] shares(long[] numbers, int from) {
        long points = points(numbers, from);
        double[] shares = new double[BINS];
        for (int i = 0; i < BINS; i++) {
            shares[i] = (double) numbers[from + i] / points;
        }
        return shares;
    }

    /** Mean difference of a pixel from the next, in levels of luma; NaN without pictures. */
    static double sharpness(long[] numbers, int from) {
        return numbers[from + BINS] / (2.0 * points(numbers, from));
    }

    private static long points(long[] numbers, int from) {
        long points = 0;
        for (int i = 0; i < BINS; i++) {
            points += numbers[from + i];
        }
        return points;
    }
}
