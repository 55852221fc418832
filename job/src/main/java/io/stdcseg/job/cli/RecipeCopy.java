// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.RecipeWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** {@code recipe.yaml} beside the weights of a training: what it was started with. */
record RecipeCopy(Path file) {

    static RecipeCopy in(Path output) {
        return new RecipeCopy(output.resolve("recipe.yaml"));
    }

    void write(Recipe recipe) throws IOException {
        String text = "# " + recipe.name() + "\n" + RecipeWriter.write(recipe);
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
