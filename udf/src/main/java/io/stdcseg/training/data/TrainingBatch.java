// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Labelled pictures of one size, varied and cut out; direct buffers that are lent by who loaded
 * them.
 *
 * @param iteration the batch's number from 0; with the seed it decides everything in the batch
 * @param names of the pictures' files, for messages
 * @param rows of each picture
 * @param columns of each picture
 * @param pixels RGB (pictures, rows, columns, 3)
 * @param labels train ids (pictures, rows, columns); 255 = ignored
 */
public record TrainingBatch(
        long iteration,
        List<String> names,
        int rows,
        int columns,
        ByteBuffer pixels,
        ByteBuffer labels) {

    public TrainingBatch {
        names = List.copyOf(names);
    }

    /** How many there are. */
    public int pictures() {
        return names.size();
    }
}
