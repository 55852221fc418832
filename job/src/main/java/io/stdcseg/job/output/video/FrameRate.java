// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import java.util.function.LongSupplier;

/** Frames per second at which frames come along, over the last few dozen. For one thread. */
final class FrameRate {

    private static final int FRAMES = 32;

    private final LongSupplier clock;
    private final long[] times = new long[FRAMES];
    private int count;

    /**
     * @param clock nanoseconds
     */
    FrameRate(LongSupplier clock) {
        this.clock = clock;
    }

    /** Counts a frame that comes now; NaN for the first one. */
    double next() {
        long now = clock.getAsLong();
        int known = Math.min(count, FRAMES);
        long oldest = times[count < FRAMES ? 0 : count % FRAMES];
        times[count % FRAMES] = now;
        count++;
        return known == 0 ? Double.NaN : known * 1e9 / Math.max(1, now - oldest);
    }
}
