// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import io.stdcseg.metric.Scores;

/** Scores that no picture has. */
public final class TestScores {

    private TestScores() {}

    /** With other values where it does not matter which. */
    public static Scores of(double miou, double pixelAccuracy, double... iou) {
        return new Scores(iou, miou, iou.length, miou, miou, pixelAccuracy, miou, iou);
    }
}
