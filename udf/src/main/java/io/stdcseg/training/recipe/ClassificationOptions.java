// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import io.stdcseg.error.InputException;
import io.stdcseg.training.augment.ClassificationAugmentation;
import io.stdcseg.training.recipe.Recipe.TaskOptions;

/**
 * Options of classification, by which backbones are pretrained.
 *
 * @param augmentation of each picture
 * @param smoothing label smoothing, 0 to below 1; published: 0.1
 * @param dropout share of the last features that are left out, 0 to below 1; published: 0.2
 * @param shorterSide to which pictures are resized before evaluation takes their center crop
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
