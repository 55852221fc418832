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

/** What is learnt, from which pictures, and how good it is: all that a training depends on. */
public sealed interface TrainingTask permits SegmentationTask, ClassificationTask {

    /**
     * What a recipe asks for, with its pictures.
     *
     * @param data set; its layout depends on the task
     * @param extras folders of more pictures to learn from; for segmentation only
     * @throws io.stdcseg.error.InputException if the pictures are not there, or extras are of no
     *     use
     */
    static TrainingTask of(Recipe recipe, Path data, List<Path> extras) {
        return recipe.task() instanceof SegmentationOptions options
                ? SegmentationTask.of(recipe, options, data, extras)
                : ClassificationTask.of(
                        recipe, (ClassificationOptions) recipe.task(), data, extras);
    }

    /** What is told apart, in words: such as {@code camvid, 11 classes}. */
    String subject();

    /** How many pictures there are to learn from, to learn from beside them, to be judged by. */
    Pictures pictures();

    /**
     * Numbers of pictures.
     *
     * @param training to learn from
     * @param extra from folders beside the data set
     * @param validation to be judged by
     * @param layout where in the data set those to learn from were found, in words
     */
    record Pictures(int training, int extra, int validation, String layout) {}

    /** Plain tensors of a network that has learnt nothing, by published name. */
    Map<String, TensorData> initialTensors();

    /**
     * What a file gives the network.
     *
     * @throws io.stdcseg.error.InputException if it does not fit; one line that names it
     */
    PretrainedWeights startingWeights(Path file);

    /** Makes networks from plain weights. */
    Learner.Factory learners(Map<String, TensorData> weights);

    /**
     * Batches from one on; whoever asks closes it.
     *
     * @param firstIteration counted from 0
     */
    DataLoader batches(long firstIteration);

    /** Writes plain tensors with what is needed to use them, complete or not at all. */
    void write(Map<String, TensorData> tensors, Path file) throws IOException;

    /**
     * Judges weights that {@link #write} wrote, on pictures the network never learns from.
     *
     * @param threads on a CPU
     */
    Evaluation evaluate(Path weights, String device, int threads);
}
