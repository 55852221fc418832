// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/**
 * Motion from the picture before to a frame, of each block of 8x8 of the upright picture.
 *
 * @param columns of blocks; one that begins with at least its middle in the picture counts
 * @param rows of blocks
 * @param moves of the blocks, row by row: pixels to the right and down, in turns; {@link #UNKNOWN}
 *     to the right where nothing is known
 */
public record MotionField(int columns, int rows, short[] moves) {

    /** Side of a block, in pixels. */
    public static final int BLOCK = 8;

    /** Not a motion. */
    public static final short UNKNOWN = Short.MIN_VALUE;

    /** How many blocks so many pixels are. */
    public static int blocks(int pixels) {
        return Math.max(1, (pixels + BLOCK / 2 - 1) / BLOCK);
    }
}
