// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.shape;

/** Size of a stack of feature maps. */
record MapShape(int channels, int rows, int columns) {

    long elements() {
        return (long) channels * rows * columns;
    }

    MapShape withChannels(int other) {
        return new MapShape(other, rows, columns);
    }

    MapShape sizedAs(MapShape other) {
        return new MapShape(channels, other.rows, other.columns);
    }
}
