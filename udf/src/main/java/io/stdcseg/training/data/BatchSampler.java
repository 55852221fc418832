// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Which pictures each batch holds: a pure function of sets, seed and the batch's number. The last
 * slots of a batch are those of extra pictures, as many as keep their share over all batches. For
 * one thread.
 */
public final class BatchSampler {

    private static final int TRAINING = 0;
    private static final int EXTRA = 1;

    /** A picture of a set. */
    record Source(AugmentedDataset set, int index) {}

    private final AugmentedDataset own;
    private final AugmentedDataset others;
    private final int batchSize;
    private final double extraShare;
    private final ShuffleSampler training;
    private final ShuffleSampler extra;

    /**
     * @param own examples of the data set
     * @param others examples beside it; may be none
     */
    BatchSampler(
            AugmentedDataset own,
            AugmentedDataset others,
            int batchSize,
            double extraShare,
            long seed) {
        this.own = own;
        this.others = others;
        this.batchSize = batchSize;
        this.extraShare = others.size() == 0 ? 0 : extraShare;
        this.training =
                new ShuffleSampler(own.size(), SampleSeeds.random(seed, TRAINING).nextLong());
        this.extra = new ShuffleSampler(others.size(), SampleSeeds.random(seed, EXTRA).nextLong());
    }

    /** The pictures of a batch, in order. */
    List<Source> batch(long iteration) {
        long extrasBefore = extrasBefore(iteration);
        int extras = (int) (extrasBefore(iteration + 1) - extrasBefore);
        long trainingBefore = iteration * batchSize - extrasBefore;
        List<Source> batch = new ArrayList<>();
        for (int i = 0; i < batchSize - extras; i++) {
            batch.add(new Source(own, training.at(trainingBefore + i)));
        }
        for (int i = 0; i < extras; i++) {
            batch.add(new Source(others, extra.at(extrasBefore + i)));
        }
        return batch;
    }

    private long extrasBefore(long iteration) {
        return (long) Math.floor(iteration * batchSize * extraShare);
    }

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
}
