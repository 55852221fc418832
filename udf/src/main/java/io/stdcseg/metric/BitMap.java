// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.util.Arrays;

/**
 * Bit for each pixel of a picture, 64 to a word, rows apart: what is true of many pixels is found
 * in few steps. Bits beyond a row's last pixel mean nothing. Not thread-safe.
 */
final class BitMap {

    /** Bits of a word. */
    static final int WORD = Long.SIZE;

    private final int rows;
    private final int words;
    private final long[] bits;

    BitMap(int columns, int rows) {
        this.rows = rows;
        this.words = (columns + WORD - 1) / WORD;
        this.bits = new long[words * rows];
    }

    /** How many words make a row. */
    int words() {
        return words;
    }

    long get(int row, int word) {
        return bits[row * words + word];
    }

    void set(int row, int word, long value) {
        bits[row * words + word] = value;
    }

    /** Sets all bits of a row. */
    void fill(int row) {
        Arrays.fill(bits, row * words, (row + 1) * words, -1);
    }

    /** Sets the bits of columns {@code [from, to)} of a row. */
    void fill(int row, int from, int to) {
        for (int word = from / WORD; word * WORD < to; word++) {
            int first = Math.max(from - word * WORD, 0);
            int last = Math.min(to - word * WORD, WORD);
            bits[row * words + word] |= ones(last - first) << first;
        }
    }

    /** The lowest {@code count} bits of a word, 1 to 64. */
    static long ones(int count) {
        return -1L >>> (WORD - count);
    }

    /** Adds the bits of another map of the same size. */
    void or(BitMap other) {
        for (int i = 0; i < bits.length; i++) {
            bits[i] |= other.bits[i];
        }
    }

    /** Becomes the same as another map of the same size. */
    void copy(BitMap other) {
        System.arraycopy(other.bits, 0, bits, 0, bits.length);
    }

    /**
     * Each bit becomes whether one is set among the {@code count} that begin with it, rightwards.
     */
    void orRightwards(int count) {
        for (int row = 0; row < rows; row++) {
            if (!isClear(row)) {
                doubling(count, rowOf(row));
            }
        }
    }

    private Step rowOf(int row) {
        int begin = row * words;
        return distance -> {
            int skip = distance / WORD;
            int shift = distance % WORD;
            for (int word = 0; word + skip < words; word++) {
                long low = bits[begin + word + skip] >>> shift;
                boolean more = shift > 0 && word + skip + 1 < words;
                long high = more ? bits[begin + word + skip + 1] << (WORD - shift) : 0;
                bits[begin + word] |= low | high;
            }
        };
    }

    private boolean isClear(int row) {
        for (int i = row * words; i < (row + 1) * words; i++) {
            if (bits[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Each bit becomes whether one is set among the {@code count} that begin with it, downwards.
     */
    void orDownwards(int count) {
        doubling(
                count,
                distance -> {
                    int ahead = distance * words;
                    for (int i = 0; i + ahead < bits.length; i++) {
                        bits[i] |= bits[i + ahead];
                    }
                });
    }

    /** Each step adds to every bit the one at a distance. */
    private static void doubling(int count, Step step) {
        int seen = 1;
        while (seen < count) {
            int distance = Math.min(seen, count - seen);
            step.add(distance);
            seen += distance;
        }
    }

    private interface Step {

        void add(int distance);
    }

    /** Moves a row's bits to the right; those that come in are clear. */
    void moveRight(int row, int columns) {
        int skip = columns / WORD;
        int shift = columns % WORD;
        int begin = row * words;
        for (int word = words - 1; word >= 0; word--) {
            int from = word - skip;
            long high = from >= 0 ? bits[begin + from] << shift : 0;
            long low = shift > 0 && from > 0 ? bits[begin + from - 1] >>> (WORD - shift) : 0;
            bits[begin + word] = high | low;
        }
    }
}
