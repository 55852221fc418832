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
final class BatchPlan {

    private static final int TRAINING = 0;
    private static final int EXTRA = 1;

    /** A picture of a set. */
    record Source(Examples set, int index) {}

    private final Examples own;
    private final Examples others;
    private final int batchSize;
    private final double extraShare;
    private final PictureOrder training;
    private final PictureOrder extra;

    /**
     * @param own examples of the data set
     * @param others examples beside it; may be none
     */
    BatchPlan(Examples own, Examples others, int batchSize, double extraShare, long seed) {
        this.own = own;
        this.others = others;
        this.batchSize = batchSize;
        this.extraShare = others.size() == 0 ? 0 : extraShare;
        this.training = new PictureOrder(own.size(), Seeds.random(seed, TRAINING).nextLong());
        this.extra = new PictureOrder(others.size(), Seeds.random(seed, EXTRA).nextLong());
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
}
