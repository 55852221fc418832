// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.live;

import io.stdcseg.function.score.ClassPixels;
import io.stdcseg.function.score.ScoreWindow;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.function.weights.WeightsNews;

/** Event that the live page tells of. Exactly one of the parts is there, the others are null. */
public record LiveEvent(
        ClassPixels frame,
        ScoreWindow window,
        StreamStatus status,
        StreamTotals end,
        WeightsNews weights) {

    public static LiveEvent of(ClassPixels frame) {
        return new LiveEvent(frame, null, null, null, null);
    }

    public static LiveEvent of(ScoreWindow window) {
        return new LiveEvent(null, window, null, null, null);
    }

    public static LiveEvent of(StreamStatus status) {
        return new LiveEvent(null, null, status, null, null);
    }

    public static LiveEvent of(StreamTotals end) {
        return new LiveEvent(null, null, null, end, null);
    }

    public static LiveEvent of(WeightsNews weights) {
        return new LiveEvent(null, null, null, null, weights);
    }
}
