// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.ndarray.NDArray;
import io.stdcseg.error.InputException;
import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.RecipeWriter;
import io.stdcseg.training.recipe.ResumeCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Training state, of which a checkpoint file is made: network, optimiser and weight average.
 *
 * @param name of the recipe
 * @param recipe as text; see {@link ResumeCheck} for which others a state fits
 * @param arrays live, by group and name
 */
record TrainingState(String name, String recipe, Map<String, NDArray> arrays) {

    private static final String FORMAT = "stdcseg-training-1";

    /**
     * Progress of a training.
     *
     * @param iteration the last that is done, from 1; 0 = none
     * @param best score of an evaluation so far, 0 to 1; below 0 = none
     */
    record Progress(int iteration, double best) {}

    static TrainingState of(
            Recipe recipe,
            Map<String, NDArray> network,
            Map<String, NDArray> optimiser,
            Map<String, NDArray> average) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        network.forEach((name, array) -> arrays.put("network/" + name, array));
        optimiser.forEach((name, array) -> arrays.put("optimiser/" + name, array));
        average.forEach((name, array) -> arrays.put("average/" + name, array));
        return new TrainingState(recipe.name(), RecipeWriter.write(recipe), arrays);
    }

    void write(Path file, Progress progress) throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        arrays.forEach(
                (name, array) ->
                        tensors.put(
                                name,
                                TensorData.of(array.toFloatArray(), array.getShape().getShape())));
        SafeTensors.write(
                file,
                tensors,
                Map.of(
                        "format",
                        FORMAT,
                        "recipe",
                        recipe,
                        "iteration",
                        Integer.toString(progress.iteration()),
                        "best",
                        Double.toString(progress.best())));
    }

    /**
     * Sets the arrays to what a file says.
     *
     * @throws InputException if it is not the state of a training by this recipe
     */
    Progress read(Path file) {
        SafeTensors.Contents contents = SafeTensors.read(file);
        Map<String, String> texts = contents.metadata();
        if (!FORMAT.equals(texts.get("format"))) {
            throw new InputException(file + " is not the state of a training");
        }
        int iteration = Integer.parseInt(texts.get("iteration"));
        new ResumeCheck(texts.get("recipe"), recipe).check(name, file.getParent(), iteration);
        if (!arrays.keySet().equals(contents.tensors().keySet())) {
            throw new InputException(file + " is the state of another network");
        }
        arrays.forEach((name, array) -> array.set(contents.tensors().get(name).toFloats()));
        return new Progress(iteration, Double.parseDouble(texts.get("best")));
    }
}
