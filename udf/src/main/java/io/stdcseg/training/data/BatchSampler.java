// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Batch sampler: which pictures each batch holds, a pure function of data sets, seed and the
 * batch's number. The last slots of a batch are those of extra pictures, as many as keep their
 * share over all batches. For one thread.
 */
final class BatchSampler {

    private static final int TRAINING = 0;
    private static final int EXTRA = 1;

    /** A picture of a data set. */
    record Sample(AugmentedDataset dataset, int index) {}

    private final AugmentedDataset training;
    private final AugmentedDataset extra;
    private final int batchSize;
    private final double extraShare;
    private final RandomSampler trainingSampler;
    private final RandomSampler extraSampler;

    /**
     * @param training pictures of the data set
     * @param extra pictures beside it; may be none
     */
    BatchSampler(
            AugmentedDataset training,
            AugmentedDataset extra,
            int batchSize,
            double extraShare,
            long seed) {
        this.training = training;
        this.extra = extra;
        this.batchSize = batchSize;
        this.extraShare = extra.size() == 0 ? 0 : extraShare;
        this.trainingSampler =
                new RandomSampler(training.size(), SampleSeeds.random(seed, TRAINING).nextLong());
        this.extraSampler =
                new RandomSampler(extra.size(), SampleSeeds.random(seed, EXTRA).nextLong());
    }

    /** The pictures of a batch, in order. */
    List<Sample> batch(long iteration) {
        long extrasBefore = extrasBefore(iteration);
        int extras = (int) (extrasBefore(iteration + 1) - extrasBefore);
        long trainingBefore = iteration * batchSize - extrasBefore;
        List<Sample> batch = new ArrayList<>();
        for (int i = 0; i < batchSize - extras; i++) {
            batch.add(new Sample(training, trainingSampler.at(trainingBefore + i)));
        }
        for (int i = 0; i < extras; i++) {
            batch.add(new Sample(extra, extraSampler.at(extrasBefore + i)));
        }
        return batch;
    }

    private long extrasBefore(long iteration) {
        return (long) Math.floor(iteration * batchSize * extraShare);
    }
}
