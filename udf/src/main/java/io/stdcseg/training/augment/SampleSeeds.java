// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import java.util.SplittableRandom;

/** Random numbers for the numbered parts of a training. */
public final class SampleSeeds {

    private SampleSeeds() {}

    /** Always the same for the same numbers, unrelated to those of others. */
    public static SplittableRandom random(long seed, long... numbers) {
        SplittableRandom random = new SplittableRandom(seed);
        for (long number : numbers) {
            random = new SplittableRandom(random.nextLong() ^ number);
        }
        return random.split();
    }
}
