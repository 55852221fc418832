// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.eager.EagerNetwork;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Batch of augmented pictures of one size with their labels: direct buffers that the data loader
 * lends and fills again. What labels are depends on the task.
 *
 * @param iteration the batch's number from 0; with the seed it decides everything in the batch
 * @param names of the pictures' files, for messages
 * @param rows of each picture
 * @param columns of each picture
 * @param pixels RGB (pictures, rows, columns, 3)
 * @param labels for segmentation train ids (pictures, rows, columns), 255 = ignored; for
 *     classification the classes' numbers (pictures), 32 bit in native byte order
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

    /** Sets the pixels of a picture: RGB triples (rows, columns, 3). */
    void setPixels(int slot, byte[] rgb) {
        pixels.put(slot * rgb.length, rgb);
    }

    /** Sets the label or labels of a picture. */
    void setLabels(int slot, byte[] values) {
        labels.put(slot * values.length, values);
    }

    /**
     * The pixels of a part, copied to a manager's device and normalised.
     *
     * @param first picture of the part
     * @param count pictures in the part
     * @return floats (count, 3, rows, columns)
     */
    public NDArray image(int first, int count, NDManager manager) {
        int bytes = 3 * rows * columns;
        ByteBuffer part = pixels.slice(bytes * first, bytes * count);
        Shape shape = new Shape(count, rows, columns, 3);
        return EagerNetwork.normalise(manager.create(part, shape, DataType.UINT8));
    }

    /** How many there are. */
    public int pictures() {
        return names.size();
    }
}
