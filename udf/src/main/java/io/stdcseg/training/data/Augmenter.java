// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * Varies labelled pictures at random, within the limits of an {@link Augmentation}. Thread-safe.
 */
final class Augmenter {

    private static final int CHANNELS = 3;

    private final Augmentation augmentation;

    Augmenter(Augmentation augmentation) {
        this.augmentation = augmentation;
    }

    /**
     * Draws a variation of a picture and writes it.
     *
     * @param pixels receives RGB triples (rows, columns, 3) at {@code index} times their size
     * @param labels receives train ids (rows, columns) at {@code index} times their size
     */
    void write(
            LabelledPicture picture,
            RandomGenerator random,
            ByteBuffer pixels,
            ByteBuffer labels,
            int index) {
        int rows = augmentation.rows();
        int columns = augmentation.columns();
        Variation variation = Variation.draw(augmentation, random);
        VariedPicture varied = new VariedPicture(picture, variation, rows, columns);
        pixels.put(CHANNELS * rows * columns * index, varied.pixels());
        labels.put(rows * columns * index, varied.labels());
    }
}
