// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.window;

import java.time.Duration;

/** Windows as whole numbers of slides. */
public final class SlidingPanes {

    private SlidingPanes() {}

    /**
     * How many slides make a window.
     *
     * @throws IllegalArgumentException if that is no whole number
     */
    public static int perWindow(Duration window, Duration slide) {
        if (slide.isNegative()
                || slide.isZero()
                || window.isNegative()
                || window.isZero()
                || window.toNanos() % slide.toNanos() != 0) {
            throw new IllegalArgumentException(
                    "slide " + slide + " does not divide window " + window);
        }
        return Math.toIntExact(window.toNanos() / slide.toNanos());
    }
}
