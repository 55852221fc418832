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
 * @param plainPixels the same crops in their own light, for a teacher; null without one
 * @param labelled how many pictures have labels: the first ones
 */
public record TrainingBatch(
        long iteration,
        List<String> names,
        int rows,
        int columns,
        ByteBuffer pixels,
        ByteBuffer labels,
        ByteBuffer plainPixels,
        int labelled) {

    public TrainingBatch {
        names = List.copyOf(names);
    }

    /** A batch of labelled pictures for no teacher. */
    public TrainingBatch(
            long iteration,
            List<String> names,
            int rows,
            int columns,
            ByteBuffer pixels,
            ByteBuffer labels) {
        this(iteration, names, rows, columns, pixels, labels, null, names.size());
    }

    /** Sets the pixels of a picture: RGB triples (rows, columns, 3). */
    void setPixels(int slot, byte[] rgb) {
        pixels.put(slot * rgb.length, rgb);
    }

    /** Sets what a teacher sees of a picture: RGB triples (rows, columns, 3). */
    void setPlainPixels(int slot, byte[] rgb) {
        plainPixels.put(slot * rgb.length, rgb);
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
        return image(pixels, first, count, manager);
    }

    /** What a teacher sees of a part, as {@link #image(int, int, NDManager)}. */
    public NDArray plainImage(int first, int count, NDManager manager) {
        return image(plainPixels, first, count, manager);
    }

    private NDArray image(ByteBuffer from, int first, int count, NDManager manager) {
        int bytes = 3 * rows * columns;
        ByteBuffer part = from.slice(bytes * first, bytes * count);
        Shape shape = new Shape(count, rows, columns, 3);
        return EagerNetwork.normalise(manager.create(part, shape, DataType.UINT8));
    }

    /** How many pictures of a part have labels: its first ones. */
    public int labelled(int first, int count) {
        return Math.min(Math.max(labelled - first, 0), count);
    }

    /** How many there are. */
    public int pictures() {
        return names.size();
    }
}
