// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** Data set of numbered pictures that are augmented anew each time they are read. Thread-safe. */
public interface AugmentedDataset {

    /** No pictures. */
    AugmentedDataset EMPTY =
            new AugmentedDataset() {
                @Override
                public int size() {
                    return 0;
                }

                @Override
                public Path image(int index) {
                    throw new IndexOutOfBoundsException(index);
                }

                @Override
                public void write(
                        int index, RandomGenerator random, TrainingBatch batch, int slot) {
                    throw new IndexOutOfBoundsException(index);
                }
            };

    /** How many there are. */
    int size();

    /** The file of a picture. */
    Path image(int index);

    /**
     * Augments a picture and writes it into a batch, with its label or labels.
     *
     * @param random decides how it is augmented
     * @param slot of the batch
     * @throws io.stdcseg.error.InputException if a file cannot be used; one line that names it
     */
    void write(int index, RandomGenerator random, TrainingBatch batch, int slot);
}
