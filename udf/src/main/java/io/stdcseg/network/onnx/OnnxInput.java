// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import io.stdcseg.error.InputException;
import java.io.Serializable;

/**
 * The size of the pictures that an ONNX file takes.
 *
 * @param batch pictures at a time; 0 if any number will do
 * @param height in rows; 0 if any will do
 * @param width in columns; 0 if any will do
 */
public record OnnxInput(int batch, int height, int width) implements Serializable {

    /** One picture, whose rows and columns are known when the network runs. */
    public static final OnnxInput ANY_SIZE = new OnnxInput(1, 0, 0);

    public OnnxInput {
        if (batch < 0 || height < 0 || width < 0) {
            throw new InputException(
                    "input of "
                            + batch
                            + " pictures, "
                            + height
                            + "x"
                            + width
                            + ": sizes are 0 (any) or positive");
        }
    }

    /** One picture of this size. */
    public static OnnxInput of(int height, int width) {
        return new OnnxInput(1, height, width);
    }

    /** The same size for another number of pictures. */
    public OnnxInput withBatch(int pictures) {
        return new OnnxInput(pictures, height, width);
    }
}
