// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

/**
 * The size of the picture that an ONNX file takes.
 *
 * @param height in rows; 0 if any will do
 * @param width in columns; 0 if any will do
 */
public record OnnxInput(int height, int width) {

    /** Rows and columns are known when the network runs. */
    public static final OnnxInput ANY_SIZE = new OnnxInput(0, 0);
}
