// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

/** How good weights are. */
public sealed interface Evaluation permits SegmentationScores, Accuracy {

    /** What decides which weights are the best, 0 to 1, larger is better; NaN if unknown. */
    double score();

    /** The name of that number. */
    String measure();
}
