// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import java.util.Arrays;

/**
 * PIL's resize of an RGB picture, of which only a crop is computed. Columns are resized before
 * rows, with rounding to levels in between, as PIL does; a resized row serves as long as it is
 * needed.
 */
final class CroppedResize {

    private static final int CHANNELS = 3;
    private static final int HALF = 1 << (PilResampling.BITS - 1);

    private final PilResampling columns;
    private final PilResampling rows;

    CroppedResize(PilResampling columns, PilResampling rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** Rows of the source, read as they are needed. */
    @FunctionalInterface
    interface Rows {

        /**
         * Gives the part of a row that is needed.
         *
         * @param levels receives RGB triples, 0 to 255, from {@code fromColumn} on until it is full
         */
        void read(int row, int fromColumn, int[] levels);
    }

    /**
     * Resizes a source.
     *
     * @return RGB triples of the wanted rows and columns
     */
    byte[] of(Rows source) {
        int width = CHANNELS * columns.count();
        byte[] area = new byte[rows.count() * width];
        int[] levels = new int[CHANNELS * (columns.end() - columns.begin())];
        int[][] resized = new int[mostTaps()][width];
        int[] sums = new int[width];
        int next = rows.begin();
        for (int y = 0; y < rows.count(); y++) {
            int[] weights = rows.weights(y);
            for (int end = rows.first(y) + weights.length; next < end; next++) {
                source.read(next, columns.begin(), levels);
                resizeRow(levels, resized[next % resized.length]);
            }
            Arrays.fill(sums, HALF);
            for (int tap = 0; tap < weights.length; tap++) {
                add(resized[(rows.first(y) + tap) % resized.length], weights[tap], sums);
            }
            for (int i = 0; i < width; i++) {
                area[y * width + i] = (byte) (sums[i] >> PilResampling.BITS);
            }
        }
        return area;
    }

    private int mostTaps() {
        int most = 1;
        for (int y = 0; y < rows.count(); y++) {
            most = Math.max(most, rows.weights(y).length);
        }
        return most;
    }

    private void resizeRow(int[] levels, int[] to) {
        for (int x = 0, i = 0; x < columns.count(); x++, i += CHANNELS) {
            int from = CHANNELS * (columns.first(x) - columns.begin());
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            for (int weight : columns.weights(x)) {
                red += weight * levels[from];
                green += weight * levels[from + 1];
                blue += weight * levels[from + 2];
                from += CHANNELS;
            }
            to[i] = red >> PilResampling.BITS;
            to[i + 1] = green >> PilResampling.BITS;
            to[i + 2] = blue >> PilResampling.BITS;
        }
    }

    private static void add(int[] row, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * row[i];
        }
    }
}
