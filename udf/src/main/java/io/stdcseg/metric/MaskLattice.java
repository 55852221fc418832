// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Mask at one pixel of each block of 8x8, near its middle: what is kept of a mask until the next
 * one comes. Decoders tell motion of such blocks, and networks score pixels that far apart.
 */
public final class MaskLattice {

    /** Pixels from one to the next, in both directions. */
    public static final int STEP = 8;

    /** Where in its block the pixel lies. */
    static final int OFFSET = STEP / 2;

    private static final int LONGEST_RUN = 256;

    private final int columns;
    private final int rows;
    private final byte[] ids;

    private MaskLattice(int columns, int rows, byte[] ids) {
        this.columns = columns;
        this.rows = rows;
        this.ids = ids;
    }

    /**
     * Of a mask.
     *
     * @param mask {@code height} rows of {@code width} train ids
     */
    public static MaskLattice of(ByteBuffer mask, int width, int height) {
        int columns = points(width);
        int rows = points(height);
        byte[] ids = new byte[columns * rows];
        for (int row = 0, at = 0; row < rows; row++) {
            int begin = pixel(row, height) * width;
            for (int column = 0; column < columns; column++) {
                ids[at++] = mask.get(begin + pixel(column, width));
            }
        }
        return new MaskLattice(columns, rows, ids);
    }

    /** How many blocks so many pixels are. */
    static int points(int pixels) {
        return Math.max(1, (pixels + OFFSET - 1) / STEP);
    }

    /** Where a point lies; in pictures of a few pixels at their edge. */
    static int pixel(int point, int pixels) {
        return Math.min(point * STEP + OFFSET, pixels - 1);
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    int id(int at) {
        return ids[at] & 255;
    }

    boolean hasSizeOf(MaskLattice other) {
        return columns == other.columns && rows == other.rows;
    }

    /** Runs of equal points, a few kilobytes: of each its id and its length less one. */
    public byte[] toRuns() {
        ByteArrayOutputStream runs = new ByteArrayOutputStream();
        int begin = 0;
        for (int i = 1; i <= ids.length; i++) {
            if (i == ids.length || ids[i] != ids[begin] || i - begin == LONGEST_RUN) {
                runs.write(ids[begin]);
                runs.write(i - begin - 1);
                begin = i;
            }
        }
        return runs.toByteArray();
    }

    /** What {@link #toRuns()} wrote. */
    public static MaskLattice ofRuns(int columns, int rows, byte[] runs) {
        byte[] ids = new byte[columns * rows];
        int end = 0;
        for (int i = 0; i < runs.length; i += 2) {
            int begin = end;
            end += 1 + (runs[i + 1] & 255);
            Arrays.fill(ids, begin, end, runs[i]);
        }
        return new MaskLattice(columns, rows, ids);
    }
}
