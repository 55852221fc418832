// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

/**
 * Stack of feature maps in an ONNX graph: the name of its value, and what is known of its shape
 * while the graph is written.
 *
 * @param name of the value
 * @param rows 0 if only a run tells
 * @param columns 0 if only a run tells
 */
record OnnxMaps(String name, int channels, int rows, int columns) {

    /** Another value of the same size. */
    OnnxMaps as(String other) {
        return new OnnxMaps(other, channels, rows, columns);
    }

    /** Another value with other channels. */
    OnnxMaps as(String other, int otherChannels) {
        return new OnnxMaps(other, otherChannels, rows, columns);
    }

    /** Another value with rows and columns of other maps. */
    OnnxMaps as(String other, OnnxMaps like) {
        return new OnnxMaps(other, channels, like.rows, like.columns);
    }

    /** Another value with one pixel per map. */
    OnnxMaps asPixel(String other) {
        return new OnnxMaps(other, channels, 1, 1);
    }

    boolean isFixed() {
        return rows > 0 && columns > 0;
    }
}
