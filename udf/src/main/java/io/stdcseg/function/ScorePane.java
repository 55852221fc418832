// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import io.stdcseg.metric.ConfusionMatrix;

/**
 * The counts of the labelled frames of a stretch of time; panes add up to windows.
 *
 * @param frames labelled ones
 * @param counts confusion matrix row by row
 */
public record ScorePane(long frames, long[] counts) {

    /** Both together; {@code left} may be null for nothing. */
    static ScorePane sum(ScorePane left, ScorePane right) {
        if (left == null) {
            return right;
        }
        ConfusionMatrix matrix = ConfusionMatrix.fromLongs(left.counts);
        matrix.merge(ConfusionMatrix.fromLongs(right.counts));
        return new ScorePane(left.frames + right.frames, matrix.toLongs());
    }
}
