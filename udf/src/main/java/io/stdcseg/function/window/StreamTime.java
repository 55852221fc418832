// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.window;

import io.stdcseg.frame.Rational;

/** Stream time in whole nanoseconds, so that windows begin and end exactly. */
public final class StreamTime {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private StreamTime() {}

    /**
     * The last nanosecond at or before {@code pts}: it is before a window's bound, itself a whole
     * number of nanoseconds, exactly if the pts is.
     */
    public static long nanos(long pts, Rational timeBase) {
        long ticks = Math.multiplyExact(pts, timeBase.numerator());
        long seconds = Math.floorDiv(ticks, timeBase.denominator());
        long rest = Math.floorMod(ticks, (long) timeBase.denominator());
        return Math.addExact(
                Math.multiplyExact(seconds, NANOS_PER_SECOND),
                rest * NANOS_PER_SECOND / timeBase.denominator());
    }

    /** The same in seconds. */
    public static double seconds(long nanos) {
        return nanos / (double) NANOS_PER_SECOND;
    }
}
