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

    /** Sets whether the last bit of a word is set. */
    void setLast(int row, int word, boolean value) {
        int at = row * words + word;
        bits[at] = bits[at] & Long.MAX_VALUE | (value ? Long.MIN_VALUE : 0);
    }

    /** A row becomes the same as another. */
    void copyRow(int from, int to) {
        System.arraycopy(bits, from * words, bits, to * words, words);
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

    /** Clears all bits of a row. */
    void clear(int row) {
        Arrays.fill(bits, row * words, (row + 1) * words, 0);
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
}
