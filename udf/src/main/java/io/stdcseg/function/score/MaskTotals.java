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
 * @param inconsistent how many were unusually inconsistent over time
 * @param mostDriftNats of a window; NaN if none had any
 * @param mostDriftSeconds when that window began
 * @param leastStability of a window; NaN if none had any
 * @param leastStabilitySeconds when that window began
 * @param leastConsistency over time, of a window; NaN if none had any
 * @param leastConsistencySeconds when that window began
 * @param unsure how many windows had an unusually high or low share of uncertain pixels
 * @param lumaDrifted how many had an unusual luma
 * @param unusuallySharp how many an unusually high or low sharpness
 */
public record MaskTotals(
        long[] counts,
        long windows,
        long drifted,
        long unstable,
        long inconsistent,
        double mostDriftNats,
        double mostDriftSeconds,
        double leastStability,
        double leastStabilitySeconds,
        double leastConsistency,
        double leastConsistencySeconds,
        long unsure,
        long lumaDrifted,
        long unusuallySharp)
        implements Serializable {

    /** The totals before, null if there were none, and a frame's counts, null if it has none. */
    static MaskTotals after(MaskTotals before, long[] frame) {
        if (frame == null) {
            return before;
        }
        return before == null
                ? new MaskTotals(
                        frame,
                        0,
                        0,
                        0,
                        0,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        0,
                        0,
                        0)
                : before.withCounts(ScoreWindow.ScorePane.sumOfMasks(before.counts, frame));
    }

    private MaskTotals withCounts(long[] sum) {
        return new MaskTotals(
                sum,
                windows,
                drifted,
                unstable,
                inconsistent,
                mostDriftNats,
                mostDriftSeconds,
                leastStability,
                leastStabilitySeconds,
                leastConsistency,
                leastConsistencySeconds,
                unsure,
                lumaDrifted,
                unusuallySharp);
    }

    /** With a window. */
    MaskTotals with(MaskScores window, double startSeconds) {
        MaskScores.Judgement judgement = window.judgement();
        boolean farther = isMore(judgement.driftNats(), mostDriftNats, 1);
        boolean lower = isMore(window.stability(), leastStability, -1);
        boolean lowerInTime = isMore(window.temporalConsistency(), leastConsistency, -1);
        return new MaskTotals(
                counts,
                windows + 1,
                drifted + (judgement.drifted() ? 1 : 0),
                unstable + (judgement.unstable() ? 1 : 0),
                inconsistent + (judgement.inconsistent() ? 1 : 0),
                farther ? judgement.driftNats() : mostDriftNats,
                farther ? startSeconds : mostDriftSeconds,
                lower ? window.stability() : leastStability,
                lower ? startSeconds : leastStabilitySeconds,
                lowerInTime ? window.temporalConsistency() : leastConsistency,
                lowerInTime ? startSeconds : leastConsistencySeconds,
                unsure + (judgement.unsure() ? 1 : 0),
                lumaDrifted + (judgement.lumaDrifted() ? 1 : 0),
                unusuallySharp + (judgement.unusuallySharp() ? 1 : 0));
    }

    /** Whether there is a value, and none before it that was as high, or low for -1. */
    private static boolean isMore(double value, double before, int sign) {
        return !Double.isNaN(value) && !(sign * value <= sign * before);
    }
}
