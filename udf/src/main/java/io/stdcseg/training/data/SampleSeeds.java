// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.util.SplittableRandom;

/**
 * Seeds of a training's numbered parts: epochs, batches, pictures, so that each can be repeated.
 */
public final class SampleSeeds {

    private SampleSeeds() {}

    /** Random numbers that are the same for the same numbers, unrelated to those of others. */
    public static SplittableRandom random(long seed, long... numbers) {
        SplittableRandom random = new SplittableRandom(seed);
        for (long number : numbers) {
            random = new SplittableRandom(random.nextLong() ^ number);
        }
        return random.split();
    }
}
