// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.error.InputException;
import io.stdcseg.training.recipe.Recipe;
import java.util.function.LongSupplier;

/** Rule by which a training stops: at an iteration, at a time, or when asked to. Thread-safe. */
final class StopRule {

    private final int last;
    private final long allowedNanos;
    private final LongSupplier nanoTime;
    private final long start;
    private volatile boolean asked;

    /**
     * A rule whose time begins now.
     *
     * @param iterations of the recipe's schedule after which to stop; null = all
     * @param minutes null = as long as it takes
     * @param nanoTime as {@link System#nanoTime()}
     */
    StopRule(Recipe recipe, Integer iterations, Double minutes, LongSupplier nanoTime) {
        int scheduled = recipe.schedule().iterations();
        InputException.unless(
                iterations == null || iterations <= scheduled,
                "--iterations",
                iterations,
                "1 to the " + scheduled + " of recipe " + recipe.name());
        this.last = iterations == null ? scheduled : iterations;
        this.allowedNanos = minutes == null ? Long.MAX_VALUE : (long) (minutes * 60e9);
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** The iteration to stop after, whatever the time. */
    int last() {
        return last;
    }

    /** Stops after the iteration that is being done. */
    void stop() {
        asked = true;
    }

    /** Whether to stop after an iteration, counted from 1. */
    boolean isReached(int iteration) {
        return asked || iteration >= last || nanosLeft() <= 0;
    }

    /** Seconds until the time is over; very many if it never is. */
    double secondsLeft() {
        return nanosLeft() / 1e9;
    }

    private long nanosLeft() {
        return allowedNanos - (nanoTime.getAsLong() - start);
    }
}
