// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import java.nio.ByteBuffer;

/**
 * Labels of a batch in the host's memory.
 *
 * @param pictures in the batch
 * @param rows of each
 * @param columns of each
 * @param ids train ids (pictures, rows, columns) from position 0; 255 = ignored
 */
public record LabelBatch(int pictures, int rows, int columns, ByteBuffer ids) {

    public LabelBatch {
        int pixels = pictures * rows * columns;
        if (ids.limit() < pixels) {
            throw new IllegalArgumentException(
                    ids.limit() + " labels where " + pixels + " are needed");
        }
        ids = ids.slice(0, pixels);
    }

    /** The train id of a pixel, 0 to 255. */
    int id(int picture, int row, int column) {
        return ids.get((picture * rows + row) * columns + column) & 255;
    }
}
