// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import java.util.Arrays;

/**
 * Distances between frames of which some may have been lost: their median is the rate's own, the
 * mean is not. Of the last ones, as a camera may change its rate.
 */
final class FrameSteps {

    /** So many are remembered: two seconds of a camera. */
    private static final int LAST = 64;

    private final long[] ticks = new long[LAST];
    private long count;

    /** Adds the distance of two frames, in ticks. */
    void add(long step) {
        ticks[(int) (count % LAST)] = step;
        count++;
    }

    /** Ticks from one frame to the next, the shorter one of two medians; 0 of none. */
    long median() {
        int size = (int) Math.min(count, LAST);
        long[] sorted = Arrays.copyOf(ticks, size);
        Arrays.sort(sorted);
        return size == 0 ? 0 : sorted[(size - 1) / 2];
    }
}
