// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.training.data.Augmentation;
import io.stdcseg.training.loss.LossOptions;
import io.stdcseg.training.optimise.OptimiserOptions;
import io.stdcseg.training.optimise.Schedule;
import java.util.List;
import java.util.Set;

/**
 * Everything that decides what a training yields, apart from the pictures and the weights it starts
 * from. Read from {@code conf/training/*.yaml}.
 *
 * @param name for reports; the file's name without ending
 * @param variant of the network
 * @param labels what train ids mean
 * @param scale of pictures in use, which the weights will say of themselves
 * @param seed of everything random
 * @param batchSize pictures in a batch, over all devices
 * @param extraShare share of the pictures that come from folders beside the main one, 0 to 1
 * @param augmentation of each picture
 * @param loss that is minimised
 * @param optimiser that minimises it
 * @param schedule of the learning rate
 * @param average share of the averaged weights that an iteration keeps; 0 = no averaging
 * @param precision of the convolutions; null = bf16 where the processor has it, else fp32
 * @param evaluateEvery iterations between evaluations, at each of which the training can be resumed
 * @param evaluateScales factors at which pictures are evaluated, one after the other; the first
 *     decides which weights are the best
 */
public record Recipe(
        String name,
        Variant variant,
        LabelSet labels,
        InputScale scale,
        long seed,
        int batchSize,
        double extraShare,
        Augmentation augmentation,
        LossOptions loss,
        OptimiserOptions optimiser,
        Schedule schedule,
        double average,
        Precision precision,
        int evaluateEvery,
        List<Double> evaluateScales) {

    private static final double LARGEST_SCALE = 8;

    public Recipe {
        evaluateScales = List.copyOf(evaluateScales);
        // The norm of the global branch sees one value per picture and channel.
        InputException.unless(batchSize >= 2, "batch-size", batchSize, "2 or more");
        InputException.unless(
                extraShare >= 0 && extraShare <= 1, "extra-share", extraShare, "0 to 1");
        InputException.unless(
                precision == null || precision == Precision.FP32 || precision == Precision.BF16,
                "precision",
                precision,
                "FP32, BF16 or null");
        InputException.unless(average >= 0 && average < 1, "average", average, "0 to below 1");
        InputException.unless(evaluateEvery >= 1, "evaluation.every", evaluateEvery, "1 or more");
        InputException.unless(
                !evaluateScales.isEmpty()
                        && Set.copyOf(evaluateScales).size() == evaluateScales.size()
                        && evaluateScales.stream().allMatch(s -> s > 0 && s <= LARGEST_SCALE),
                "evaluation.scales",
                evaluateScales,
                "a list of factors above 0, at most 8, each once,");
    }
}
