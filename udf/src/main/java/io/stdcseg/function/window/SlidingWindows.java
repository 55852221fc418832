// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.window;

import java.io.Serializable;
import java.time.Duration;

/**
 * Sliding windows of a whole number of slides: counts are kept per slide and added up to windows.
 * Slide n is the time from n times its length on, and the first of window n.
 *
 * @param slideNanos from the start of a window to the start of the next
 */
public record SlidingWindows(long slideNanos, int slidesPerWindow) implements Serializable {

    /**
     * Windows of a length, one every {@code slide}.
     *
     * @throws IllegalArgumentException if a window is no whole number of slides
     */
    public static SlidingWindows of(Duration window, Duration slide) {
        if (slide.isNegative()
                || slide.isZero()
                || window.isNegative()
                || window.isZero()
                || window.toNanos() % slide.toNanos() != 0) {
            throw new IllegalArgumentException(
                    "slide " + slide + " does not divide window " + window);
        }
        return new SlidingWindows(
                slide.toNanos(), Math.toIntExact(window.toNanos() / slide.toNanos()));
    }

    /** The slide that a time is in. */
    public long slideAt(long nanos) {
        return Math.floorDiv(nanos, slideNanos);
    }

    /** The first slide that begins at or after a time. */
    public long slideFrom(long nanos) {
        return -Math.floorDiv(-nanos, slideNanos);
    }

    /** When a slide, or the window that begins with it, begins. */
    public long startNanos(long slide) {
        return slide * slideNanos;
    }

    /** When the window that begins with a slide ends. */
    public long endNanos(long slide) {
        return startNanos(slide + slidesPerWindow);
    }
}
