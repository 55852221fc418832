// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.util.function.Consumer;

/**
 * Motion from the picture before to a frame, of each block of 8x8 of the upright picture. Closing
 * it gives its memory back; one that is never closed is the garbage collector's.
 */
public final class MotionField implements AutoCloseable {

    /** Side of a block, in pixels. */
    public static final int BLOCK = 8;

    /** Not a motion. */
    public static final short UNKNOWN = Short.MIN_VALUE;

    private final int columns;
    private final int rows;
    private final short[] moves;
    private final Consumer<short[]> spare;
    private boolean closed;

    /**
     * @param columns of blocks; one that begins with at least its middle in the picture counts
     * @param rows of blocks
     * @param moves of the blocks, row by row: pixels to the right and down, in turns; {@link
     *     #UNKNOWN} to the right where nothing is known
     * @param spare takes {@code moves} when they are needed no more; thread-safe
     */
    public MotionField(int columns, int rows, short[] moves, Consumer<short[]> spare) {
        this.columns = columns;
        this.rows = rows;
        this.moves = moves;
        this.spare = spare;
    }

    /** How many blocks so many pixels are. */
    public static int blocks(int pixels) {
        return Math.max(1, (pixels + BLOCK / 2 - 1) / BLOCK);
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    /** Pixels to the right and down of each block, row by row; not to be changed. */
    public short[] moves() {
        return moves;
    }

    /** Gives the memory back; further calls do nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            spare.accept(moves);
        }
    }
}
