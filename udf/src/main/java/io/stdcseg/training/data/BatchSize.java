// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

/**
 * How large batches are.
 *
 * @param pictures in a batch
 * @param rows of each
 * @param columns of each
 * @param labelBytes that each picture's label or labels take
 */
public record BatchSize(int pictures, int rows, int columns, int labelBytes) {

    private static final int CHANNELS = 3;

    /** Bytes that a picture's pixels take. */
    int pixelBytes() {
        return CHANNELS * rows * columns;
    }
}
