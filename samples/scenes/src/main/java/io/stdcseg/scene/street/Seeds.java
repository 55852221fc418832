// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import java.util.SplittableRandom;

/** Seeds of the numbered parts of something that has a seed itself. */
public final class Seeds {

    private Seeds() {}

    /**
     * Random numbers that are the same for the same seed and number, unrelated to those of others.
     */
    public static SplittableRandom random(long seed, long number) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L)
                .split();
    }
}
