// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import io.stdcseg.label.LabelSet;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Boundaries of all classes in a mask: the pixels from which a pixel of another class, or the
 * picture's edge, is at most a distance away, by rows or by columns (the larger of the two). Those
 * of one class are what is left of its pixels when as many erosions by 3x3 are taken away. For
 * masks of one size, one at a time; not thread-safe.
 */
final class ClassBoundary {

    private static final int BYTES = Long.BYTES;

    private final int columns;
    private final int rows;
    private final int distance;
    private final BitMap changes;
    private final BitMap wide;
    private final BitMap boundary;
    private byte[] above;
    private byte[] row;

    /** Which words of the row may have ids that are to be ignored. */
    private final boolean[] ignored;

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
        // Whole words are read, and a pixel more: what lies behind a row equals its last pixel.
        int padded = changes.words() * BitMap.WORD + BYTES;
        this.above = new byte[padded];
        this.row = new byte[padded];
        this.ignored = new boolean[changes.words()];
    }

    /**
     * Takes a row, the first one first; after the last comes {@link #finish()}.
     *
     * @param mask {@code rows} rows of {@code columns} ids
     * @param except where this one is in the same row and has {@link LabelSet#IGNORE}, that is the
     *     id here, too; null for nowhere
     */
    void take(int y, ByteBuffer mask, ClassBoundary except) {
        byte[] last = above;
        above = row;
        row = last;
        mask.get(y * columns, row, 0, columns);
        if (except != null) {
            ignore(except);
        }
        Arrays.fill(row, columns, row.length, row[columns - 1]);
        findChanges(y);
        widen(y);
    }

    private void ignore(ClassBoundary labels) {
        for (int word = 0; word < changes.words(); word++) {
            for (int i = 0; labels.ignored[word] && i < BitMap.WORD; i += BYTES) {
                int at = word * BitMap.WORD + i;
                // What is to be ignored has all bits, whatever is or-ed to it.
                long full = EightBytes.full(EightBytes.get(labels.row, at));
                EightBytes.set(row, at, EightBytes.get(row, at) | (full >>> (BYTES - 1)) * 255);
            }
        }
    }

    /** Of a row to the right, and of the row above downwards. */
    private void findChanges(int y) {
        // No row follows the last.
        boundary.clear(y);
        if (y > 0) {
            // What is as above changes where that does.
            changes.copyRow(y - 1, y);
        }
        for (int word = 0; word < changes.words(); word++) {
            int at = word * BitMap.WORD;
            if (y > 0) {
                if (isAsAbove(at)) {
                    continue;
                }
                boundary.set(y - 1, word, differing(row, at, above, at));
            }
            changes.set(y, word, differing(row, at, row, at + 1));
            ignored[word] = mayBeIgnored(at);
            if (word > 0) {
                changes.setLast(y, word - 1, row[at - 1] != row[at]);
            }
        }
    }

    private boolean isAsAbove(int begin) {
        long differences = 0;
        for (int at = begin; at < begin + BitMap.WORD; at += BYTES) {
            differences |= EightBytes.get(row, at) ^ EightBytes.get(above, at);
        }
        return differences == 0;
    }

    /** Whether one of 64 ids has its top bit: others than what is ignored have not. */
    private boolean mayBeIgnored(int begin) {
        long bits = 0;
        for (int at = begin; at < begin + BitMap.WORD; at += BYTES) {
            bits |= EightBytes.get(row, at);
        }
        return (bits & EightBytes.TOP) != 0;
    }

    /** Which of 64 ids differ. */
    private static long differing(byte[] left, int l, byte[] right, int r) {
        long bits = 0;
        for (int i = 0; i < BYTES; i++) {
            long one = EightBytes.get(left, l + BYTES * i);
            long other = EightBytes.get(right, r + BYTES * i);
            bits |= EightBytes.differing(one, other) >>> (BYTES - 1 - i);
        }
        return EightBytes.transposed(bits);
    }

    /** Finds the pixels that see a change within the distance in their row. */
    private void widen(int y) {
        // Changes in a word may be that close that what they reach leaves no gap.
        boolean together = 2 * distance >= BitMap.WORD;
        wide.clear(y);
        int filled = 0;
        for (int word = 0; word < changes.words(); word++) {
            int begin = word * BitMap.WORD;
            long left = changes.get(y, word);
            while (left != 0) {
                long some = together ? left : Long.lowestOneBit(left);
                int first = begin + Long.numberOfTrailingZeros(some);
                int last = begin + BitMap.WORD - 1 - Long.numberOfLeadingZeros(some);
                int end = Math.min(columns, last + 1 + distance);
                wide.fill(y, Math.max(filled, first + 1 - distance), end);
                filled = end;
                left ^= some;
            }
        }
    }

    /**
     * Finds the boundaries. A square is of one class if nothing changes along its rows, nor along
     * one of its columns: the middle one.
     */
    void finish() {
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
