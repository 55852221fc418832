// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.util.SplittableRandom;

/**
 * Random sampler without replacement: the endless order in which pictures are used, each once per
 * epoch, shuffled by seed and epoch. Remembers the epoch that was asked for last; for one thread.
 */
final class RandomSampler {

    private static final long NONE = -1;

    private final int[] pictures;
    private final long seed;
    private long epoch = NONE;

    /**
     * @param pictures how many there are, at least 1
     */
    RandomSampler(int pictures, long seed) {
        this.pictures = new int[pictures];
        this.seed = seed;
    }

    /** The picture at a place, counted from 0 over all epochs. */
    int at(long place) {
        if (place / pictures.length != epoch) {
            epoch = place / pictures.length;
            shuffle();
        }
        return pictures[(int) (place % pictures.length)];
    }

    private void shuffle() {
        SplittableRandom random = SampleSeeds.random(seed, epoch);
        for (int i = 0; i < pictures.length; i++) {
            int other = random.nextInt(i + 1);
            pictures[i] = pictures[other];
            pictures[other] = i;
        }
    }
}
