// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import io.stdcseg.label.LabelSet;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Boundaries of all classes in a mask: the pixels from which a pixel of another class, or the
 * picture's edge, is at most a distance away, by rows or by columns (the larger of the two). Those
 * of one class are what is left of its pixels when as many erosions by 3x3 are taken away. For
 * masks of one size, one at a time; not thread-safe.
 */
final class ClassBoundary {

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BYTES = Long.BYTES;
    private static final long LOW = 0x7f7f7f7f7f7f7f7fL;
    private static final long TOP = ~LOW;

    /** Gathers the lowest bits of eight bytes in the highest byte. */
    private static final long GATHER = 0x0102040810204080L;

    private final int columns;
    private final int rows;
    private final int distance;
    private final BitMap changes;
    private final BitMap wide;
    private final BitMap boundary;
    private byte[] above;
    private byte[] row;
    private final byte[] excepted;

    /**
     * @param distance in pixels, at least 1
     */
    ClassBoundary(int columns, int rows, int distance) {
        this.columns = columns;
        this.rows = rows;
        this.distance = distance;
        this.changes = new BitMap(columns, rows);
        this.wide = new BitMap(columns, rows);
        this.boundary = new BitMap(columns, rows);
        // What lies behind a row's end is read, eight at a time, and equals the last pixel.
        int padded = columns + 2 * BYTES;
        this.above = new byte[padded];
        this.row = new byte[padded];
        this.excepted = new byte[padded];
    }

    /**
     * Finds the boundaries.
     *
     * @param ids {@code rows} rows of {@code columns} ids
     * @param except where this mask has {@link LabelSet#IGNORE}, that is the id here, too; null for
     *     nowhere
     */
    void find(ByteBuffer ids, ByteBuffer except) {
        for (int y = 0; y < rows; y++) {
            byte[] last = above;
            above = row;
            row = last;
            read(ids, except, y);
            findChanges(y);
        }
        // No row follows the last.
        for (int word = 0; word < boundary.words(); word++) {
            boundary.set(rows - 1, word, 0);
        }
        widen();
    }

    private void read(ByteBuffer ids, ByteBuffer except, int y) {
        ids.get(y * columns, row, 0, columns);
        if (except != null) {
            except.get(y * columns, excepted, 0, columns);
            for (int x = 0; x < columns; x += BYTES) {
                // Eight at a time; what is to be ignored has all bits, whatever is or-ed to it.
                long ignored = ~(long) EIGHT.get(excepted, x);
                long equal = ~(((ignored & LOW) + LOW) | ignored) & TOP;
                if (equal != 0) {
                    EIGHT.set(row, x, (long) EIGHT.get(row, x) | (equal >>> 7) * 255);
                }
            }
        }
        for (int x = columns; x < row.length; x++) {
            row[x] = row[columns - 1];
        }
    }

    /** Of a row to the right, and of the row above downwards. */
    private void findChanges(int y) {
        for (int word = 0; word < changes.words(); word++) {
            long right = 0;
            long down = 0;
            int end = Math.min(BitMap.WORD, columns - word * BitMap.WORD);
            for (int bit = 0; bit < end; bit += BYTES) {
                int x = word * BitMap.WORD + bit;
                long here = (long) EIGHT.get(row, x);
                right |= differing(here, (long) EIGHT.get(row, x + 1)) << bit;
                down |= differing(here, (long) EIGHT.get(above, x)) << bit;
            }
            changes.set(y, word, right);
            if (y > 0) {
                boundary.set(y - 1, word, down);
            }
        }
    }

    /** Bit n says whether byte n differs. */
    private static long differing(long a, long b) {
        long bytes = a ^ b;
        long tops = (((bytes & LOW) + LOW) | bytes) & TOP;
        return ((tops >>> (BYTES - 1)) * GATHER) >>> (BitMap.WORD - BYTES);
    }

    /**
     * A square is of one class if nothing changes along its rows, nor along one of its columns: the
     * middle one.
     */
    private void widen() {
        wide.copy(changes);
        wide.orRightwards(2 * distance);
        for (int y = 0; y < rows; y++) {
            wide.moveRight(y, distance);
        }
        boundary.or(wide);
        boundary.orDownwards(2 * distance);
        for (int y = rows - 1; y >= 0; y--) {
            if (y < distance || y >= rows - distance) {
                boundary.fill(y);
                continue;
            }
            for (int word = 0; word < boundary.words(); word++) {
                long square = boundary.get(y - distance, word) | wide.get(y + distance, word);
                boundary.set(y, word, square);
            }
            boundary.fill(y, 0, Math.min(distance, columns));
            boundary.fill(y, Math.max(columns - distance, 0), columns);
        }
    }

    /** Which of 64 pixels differ from the next one in their row. */
    long changes(int row, int word) {
        return changes.get(row, word);
    }

    /** Which of 64 pixels lie on a boundary. */
    long boundary(int row, int word) {
        return boundary.get(row, word);
    }
}
