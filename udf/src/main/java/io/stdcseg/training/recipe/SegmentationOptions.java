// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.training.augment.SegmentationAugmentation;
import io.stdcseg.training.data.DatasetLayout;
import io.stdcseg.training.loss.LossOptions;
import io.stdcseg.training.loss.TeacherOptions;
import io.stdcseg.training.recipe.Recipe.TaskOptions;
import java.util.List;
import java.util.Set;

/**
 * Options of semantic segmentation.
 *
 * @param labels what train ids mean
 * @param scale of pictures in use, which the weights will say of themselves
 * @param extraShare share of the pictures that come from folders beside the main one, 0 to 1
 * @param augmentation of each picture
 * @param loss that is minimised
 * @param teacher whose scores it learns from besides; null for none
 * @param evaluateScales factors at which pictures are evaluated, one after the other; the first
 *     decides which weights are the best
 * @param data where pictures and labels lie
 */
public record SegmentationOptions(
        LabelSet labels,
        InputScale scale,
        double extraShare,
        SegmentationAugmentation augmentation,
        LossOptions loss,
        TeacherOptions teacher,
        List<Double> evaluateScales,
        DatasetLayout data)
        implements TaskOptions {

    private static final double LARGEST_SCALE = 8;

    /** Without a teacher. */
    public SegmentationOptions(
            LabelSet labels,
            InputScale scale,
            double extraShare,
            SegmentationAugmentation augmentation,
            LossOptions loss,
            List<Double> evaluateScales,
            DatasetLayout data) {
        this(labels, scale, extraShare, augmentation, loss, null, evaluateScales, data);
    }

    public SegmentationOptions {
        evaluateScales = List.copyOf(evaluateScales);
        int weights = loss.classWeights().byTrainId().size();
        InputException.unless(
                weights == 0 || weights == labels.size(),
                "loss.class-weights",
                loss.classWeights().byTrainId(),
                "a number, or one for each of the "
                        + labels.size()
                        + " classes of label set "
                        + labels.name()
                        + ",");
        InputException.unless(
                extraShare >= 0 && extraShare <= 1, "extra-share", extraShare, "0 to 1");
        InputException.unless(
                teacher == null || extraShare + teacher.unlabelledShare() < 1,
                "extra-share and teacher.unlabelled-share",
                extraShare + (teacher == null ? 0 : teacher.unlabelledShare()),
                "together below 1");
        InputException.unless(
                !evaluateScales.isEmpty()
                        && Set.copyOf(evaluateScales).size() == evaluateScales.size()
                        && evaluateScales.stream().allMatch(s -> s > 0 && s <= LARGEST_SCALE),
                "evaluation.scales",
                evaluateScales,
                "a list of factors above 0, at most 8, each once,");
    }
}
