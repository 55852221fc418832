// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Batch sampler: which pictures each batch holds, a pure function of data sets, seed and the
 * batch's number. Behind those of the data set a batch has extra pictures, then unlabelled ones, as
 * many as keep their share over all batches. Of the data set's, some give way to ones that are
 * drawn by class. For one thread.
 */
final class BatchSampler {

    private static final int TRAINING = 0;
    private static final int EXTRA = 1;
    private static final int UNLABELLED = 2;
    private static final int CLASS_AWARE = 3;

    /** A picture of a data set. */
    record Sample(AugmentedDataset dataset, int index) {}

    private final DataMix mix;
    private final int batchSize;
    private final RandomSampler training;
    private final RandomSampler extra;
    private final RandomSampler unlabelled;
    private final long classAwareSeed;

    BatchSampler(DataMix mix, int batchSize, long seed) {
        this.mix = mix;
        this.batchSize = batchSize;
        this.training = sampler(mix.training(), seed, TRAINING);
        this.extra = sampler(mix.extra(), seed, EXTRA);
        this.unlabelled = sampler(mix.unlabelled(), seed, UNLABELLED);
        this.classAwareSeed = seed(seed, CLASS_AWARE);
    }

    private static RandomSampler sampler(AugmentedDataset dataset, long seed, int kind) {
        return new RandomSampler(dataset.size(), seed(seed, kind));
    }

    private static long seed(long seed, int kind) {
        return SampleSeeds.random(seed, kind).nextLong();
    }

    /** The pictures of a batch, in order. */
    List<Sample> batch(long iteration) {
        long extrasBefore = before(iteration, mix.extraShare());
        long unlabelledBefore = before(iteration, mix.unlabelledShare());
        int extras = added(iteration, mix.extraShare());
        int unlabelledOnes = unlabelled(iteration);
        long trainingBefore = iteration * batchSize - extrasBefore - unlabelledBefore;
        List<Sample> batch = new ArrayList<>();
        for (int i = 0; i < batchSize - extras - unlabelledOnes; i++) {
            batch.add(new Sample(mix.training(), training(trainingBefore + i)));
        }
        for (int i = 0; i < extras; i++) {
            batch.add(new Sample(mix.extra(), extra.at(extrasBefore + i)));
        }
        for (int i = 0; i < unlabelledOnes; i++) {
            batch.add(new Sample(mix.unlabelled(), unlabelled.at(unlabelledBefore + i)));
        }
        return batch;
    }

    private int training(long place) {
        return mix.classAware().draw(training.at(place), SampleSeeds.random(classAwareSeed, place));
    }

    /** How many pictures of a batch have no labels: its last ones. */
    int unlabelled(long iteration) {
        int extras = added(iteration, mix.extraShare());
        // Rounded apart, the two may be one more than there is room for.
        return Math.min(added(iteration, mix.unlabelledShare()), batchSize - extras);
    }

    private int added(long iteration, double share) {
        return (int) (before(iteration + 1, share) - before(iteration, share));
    }

    private long before(long iteration, double share) {
        return (long) Math.floor(iteration * batchSize * share);
    }
}
