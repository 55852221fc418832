// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.plain;

/**
 * Feature maps of one picture.
 *
 * @param values (rows, columns, channels)
 */
public record PlainMaps(float[] values, int rows, int columns, int channels) {

    /** Maps of zeros. */
    static PlainMaps zeros(int rows, int columns, int channels) {
        return new PlainMaps(new float[rows * columns * channels], rows, columns, channels);
    }

    int pixels() {
        return rows * columns;
    }

    /** Index of a pixel's first channel. */
    int index(int row, int column) {
        return (row * columns + column) * channels;
    }
}
