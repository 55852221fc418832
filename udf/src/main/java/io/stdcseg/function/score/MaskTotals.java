// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.metric.MaskCounts;
import io.stdcseg.metric.MaskScores;
import java.io.Serializable;

/**
 * Totals of a stream's masks, which need no label.
 *
 * @param counts of all of them, see {@link MaskCounts#toLongs()}
 * @param windows how many were held against the stream's past
 * @param drifted how many of these drifted unusually far
 * @param unstable how many were unusually unstable
 * @param mostDriftNats of a window; NaN if none had any
 * @param mostDriftSeconds when that window began
 * @param leastStability of a window; NaN if none had any
 * @param leastStabilitySeconds when that window began
 */
public record MaskTotals(
        long[] counts,
        long windows,
        long drifted,
        long unstable,
        double mostDriftNats,
        double mostDriftSeconds,
        double leastStability,
        double leastStabilitySeconds)
        implements Serializable {

    /** The totals before, null if there were none, and a frame's counts, null if it has none. */
    static MaskTotals after(MaskTotals before, long[] frame) {
        if (frame == null) {
            return before;
        }
        return before == null
                ? new MaskTotals(
                        frame, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN)
                : before.withCounts(ScoreWindow.ScorePane.sumOfMasks(before.counts, frame));
    }

    private MaskTotals withCounts(long[] sum) {
        return new MaskTotals(
                sum,
                windows,
                drifted,
                unstable,
                mostDriftNats,
                mostDriftSeconds,
                leastStability,
                leastStabilitySeconds);
    }

    /** With a window. */
    MaskTotals with(MaskScores window, double startSeconds) {
        boolean farther = !(window.driftNats() <= mostDriftNats || Double.isNaN(window.driftNats()));
        boolean lower =
                !(window.stability() >= leastStability || Double.isNaN(window.stability()));
        return new MaskTotals(
                counts,
                windows + 1,
                drifted + (window.drifted() ? 1 : 0),
                unstable + (window.unstable() ? 1 : 0),
                farther ? window.driftNats() : mostDriftNats,
                farther ? startSeconds : mostDriftSeconds,
                lower ? window.stability() : leastStability,
                lower ? startSeconds : leastStabilitySeconds);
    }
}
