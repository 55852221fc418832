// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.tensor.TensorData;
import io.stdcseg.training.data.DataLoader;
import io.stdcseg.training.recipe.ClassificationOptions;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.SegmentationOptions;
import io.stdcseg.weights.PretrainedWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Training task: what is learnt, from which pictures, and how it is evaluated. The {@link Trainer}
 * is the same for all.
 */
public sealed interface TrainingTask permits SegmentationTask, ClassificationTask {

    /**
     * The task of a recipe, with its pictures.
     *
     * @param data set; its layout depends on the task
     * @param extras folders of more pictures to learn from; for segmentation only
     * @param unlabelled folders of pictures to learn from a teacher; for segmentation only
     * @throws io.stdcseg.error.InputException if the pictures are not there, or extras are of no
     *     use
     */
    static TrainingTask of(Recipe recipe, Path data, List<Path> extras, List<Path> unlabelled) {
        return recipe.task() instanceof SegmentationOptions options
                ? SegmentationTask.of(recipe, options, data, extras, unlabelled)
                : ClassificationTask.of(
                        recipe, (ClassificationOptions) recipe.task(), data, extras, unlabelled);
    }

    /** The classes in words: such as {@code camvid, 11 classes}. */
    String subject();

    /** Sizes of the data sets. */
    Pictures pictures();

    /**
     * Numbers of pictures.
     *
     * @param training in the training split
     * @param extra to learn from in folders beside the data set
     * @param unlabelled to learn from a teacher
     * @param validation in the validation split
     * @param layout where in the data set the training split was found, in words
     */
    record Pictures(int training, int extra, int unlabelled, int validation, String layout) {}

    /** Tensors of a freshly initialised network, plain, by published name. */
    Map<String, TensorData> initialTensors();

    /**
     * Pretrained weights from a file.
     *
     * @throws io.stdcseg.error.InputException if it does not fit; one line that names it
     */
    PretrainedWeights pretrainedWeights(Path file);

    /** Makes learners that start from plain weights. */
    Learner.Factory learners(Map<String, TensorData> weights);

    /**
     * A loader of training batches, which the caller closes.
     *
     * @param firstIteration number of the first batch, counted from 0
     */
    DataLoader dataLoader(long firstIteration);

    /** Writes plain tensors with what is needed to use them, complete or not at all. */
    void write(Map<String, TensorData> tensors, Path file) throws IOException;

    /**
     * Evaluates weights that {@link #write} wrote, on pictures the network never learns from.
     *
     * @param threads on a CPU
     */
    Evaluation evaluate(Path weights, String device, int threads);
}
