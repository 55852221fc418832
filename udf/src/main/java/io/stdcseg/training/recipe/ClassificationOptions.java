// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import io.stdcseg.error.InputException;
import io.stdcseg.training.augment.ClassificationAugmentation;
import io.stdcseg.training.recipe.Recipe.TaskOptions;

/**
 * How a backbone learns what a picture shows.
 *
 * @param augmentation of each picture
 * @param smoothing of labels, 0 to below 1; published: 0.1
 * @param dropout share of the last features that are left out, 0 to below 1; published: 0.2
 * @param shorterSide of pictures that are evaluated, in their middle of the augmentation's size
 */
public record ClassificationOptions(
        ClassificationAugmentation augmentation, double smoothing, double dropout, int shorterSide)
        implements TaskOptions {

    public ClassificationOptions {
        InputException.unless(
                smoothing >= 0 && smoothing < 1, "loss.smoothing", smoothing, "0 to below 1");
        InputException.unless(dropout >= 0 && dropout < 1, "loss.dropout", dropout, "0 to below 1");
        int side = Math.max(augmentation.rows(), augmentation.columns());
        InputException.unless(
                shorterSide >= side,
                "evaluation.shorter-side",
                shorterSide,
                side + ", the longer side of the cut-out, or more");
    }
}
