// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import java.nio.FloatBuffer;

/** Coarse scores: those of each class at each node of the grid that the network puts out. */
final class CoarseScores {

    /**
     * A rounded operation is off by at most u = 2^-24 times its result. A step makes a value by
     * four of them in a row, two steps by eight, and the weights of a step add up to 1 within u. So
     * an enlarged score is off by less than 8.1 u times the largest magnitude, and two that are
     * further apart than 16.3 u times that stay apart. This is twice as much.
     */
    private static final float ROUNDING = 0x1p-19f;

    /** Below it operations are off by more than u times their result. */
    private static final float UNDERFLOW = Float.MIN_NORMAL;

    private final int rows;
    private final int columns;
    private final int classes;
    private final float[] values;
    private float margin;

    CoarseScores(int rows, int columns, int classes) {
        this.rows = rows;
        this.columns = columns;
        this.classes = classes;
        this.values = new float[rows * columns * classes];
    }

    /** Copies (rows, columns, classes) from position 0 on. */
    void read(FloatBuffer scores) {
        scores.get(0, values);
        float largest = magnitude();
        // Not larger is not enough: NaN compares with nothing.
        boolean finite = largest <= Float.MAX_VALUE / 2;
        margin = finite ? largest * ROUNDING + UNDERFLOW : Float.POSITIVE_INFINITY;
    }

    /** The largest one, infinity, or NaN: as integers their bits are in this order. */
    private float magnitude() {
        int largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Float.floatToRawIntBits(value) & Integer.MAX_VALUE);
        }
        return Float.intBitsToFloat(largest);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    int classes() {
        return classes;
    }

    /**
     * A class whose score is larger than another's by more than this at each of some nodes is
     * larger wherever only these nodes count, rounding or not. Infinite where scores are not
     * finite, or so large that sums may not be.
     */
    float margin() {
        return margin;
    }

    /** Index of the first class's score at a node. */
    int index(int row, int column) {
        return (row * columns + column) * classes;
    }

    /** The score at an index. */
    float get(int index) {
        return values[index];
    }

    /** Fills a patch with the scores of its classes, the candidates. */
    void copy(CandidateClasses candidates, ScorePatch patch) {
        float[] target = patch.values();
        int to = 0;
        for (int y = 0; y < patch.height(); y++) {
            for (int i = 0; i < patch.classes(); i++) {
                int from = index(patch.top() + y, patch.left()) + candidates.get(i);
                for (int x = 0; x < patch.width(); x++) {
                    target[to++] = values[from + x * classes];
                }
            }
        }
    }
}
