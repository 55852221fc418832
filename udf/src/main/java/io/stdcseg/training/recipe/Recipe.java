// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.training.optimise.LearningRateSchedule;
import io.stdcseg.training.optimise.OptimiserOptions;

/**
 * Recipe: everything that decides what a training yields, apart from the pictures and the weights
 * it starts from. Read from {@code conf/training/*.yaml}.
 *
 * @param name for reports; the file's name without ending
 * @param variant of the network
 * @param task what it learns, with the options of that
 * @param seed of everything random
 * @param batchSize pictures in a batch, over all devices
 * @param optimiser that minimises the loss
 * @param schedule of the learning rate
 * @param average decay of the exponential moving average of weights; 0 = no averaging
 * @param precision of the convolutions; null = bf16 where the processor has it, else fp32
 * @param evaluateEvery iterations between evaluations, at each of which the training can be resumed
 */
public record Recipe(
        String name,
        Variant variant,
        TaskOptions task,
        long seed,
        int batchSize,
        OptimiserOptions optimiser,
        LearningRateSchedule schedule,
        double average,
        Precision precision,
        int evaluateEvery) {

    public Recipe {
        // The norm of the global branch sees one value per picture and channel.
        InputException.unless(batchSize >= 2, "batch-size", batchSize, "2 or more");
        InputException.unless(
                precision == null || precision == Precision.FP32 || precision == Precision.BF16,
                "precision",
                precision,
                "FP32, BF16 or null");
        InputException.unless(average >= 0 && average < 1, "average", average, "0 to below 1");
        InputException.unless(evaluateEvery >= 1, "evaluation.every", evaluateEvery, "1 or more");
    }

    /** Options of a task: everything in a recipe that depends on what is learnt. */
    public sealed interface TaskOptions permits SegmentationOptions, ClassificationOptions {}
}
