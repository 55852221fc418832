// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/**
 * Options of playlists.
 *
 * @param targetSeconds no segment is longer, rounded to whole seconds
 * @param keep so much of a stream stays in its playlist; null for all
 * @param live names of the streams whose time counts from 1970
 */
public record PlaylistOptions(int targetSeconds, Duration keep, Set<String> live)
        implements Serializable {

    /** Players buffer some segments, and ask for new ones as often as one lasts. */
    private static final int LONGEST_TARGET = 10;

    /** Players round: a segment may be so much longer, for a checkpoint that comes late. */
    private static final double ROUNDED_DOWN = 0.49;

    /** As long as RFC 8216 lets no playlist be shorter. */
    private static final int TARGETS_KEPT = 3;

    public PlaylistOptions {
        live = Set.copyOf(live);
    }

    /** Options for a job that takes checkpoints as often: a segment ends at each. */
    public static PlaylistOptions of(Duration checkpointInterval, Duration keep, Set<String> live) {
        long seconds = checkpointInterval.plusMillis(999).toSeconds();
        return new PlaylistOptions(
                (int) Math.max(1, Math.min(LONGEST_TARGET, seconds)), keep, live);
    }

    /** Longest segment to write, in seconds. */
    public double longestSeconds() {
        return longestSeconds(targetSeconds);
    }

    static double longestSeconds(int target) {
        return target + ROUNDED_DOWN;
    }

    /** Seconds that stay in a playlist; infinite for all. */
    double keptSeconds(int target) {
        return keep == null
                ? Double.POSITIVE_INFINITY
                : Math.max(keep.toMillis() / 1e3, TARGETS_KEPT * (double) target);
    }
}
