// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

/**
 * Patch of score maps: the same rectangle of several classes' maps, in memory that is used again
 * and again. Values lie row by row; a row holds the rectangle's columns of one class after the
 * other.
 */
final class ScorePatch {

    private float[] values = new float[0];
    private int classes;
    private int top;
    private int left;
    private int height;
    private int width;

    /** Moves to a level's part of some blocks; what the patch held is lost. */
    void move(
            int classes, int level, AxisBlock rows, AxisBlock firstColumns, AxisBlock lastColumns) {
        this.classes = classes;
        top = rows.start(level);
        left = firstColumns.start(level);
        height = rows.end(level) - top;
        width = lastColumns.end(level) - left;
        if (values.length < height * stride()) {
            values = new float[height * stride()];
        }
    }

    int classes() {
        return classes;
    }

    /** First row of the map that is here. */
    int top() {
        return top;
    }

    /** First column of the map that is here. */
    int left() {
        return left;
    }

    int height() {
        return height;
    }

    /** Columns of one class. */
    int width() {
        return width;
    }

    /** Values of a row. */
    int stride() {
        return classes * width;
    }

    /** The memory, which may be longer than needed. */
    float[] values() {
        return values;
    }
}
