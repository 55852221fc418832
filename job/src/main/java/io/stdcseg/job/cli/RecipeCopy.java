// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.error.InputException;
import io.stdcseg.file.WholeFile;
import io.stdcseg.training.Recipe;
import io.stdcseg.training.RecipeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code recipe.yaml} beside the weights of a training: what it was started with. */
record RecipeCopy(Path file) {

    static RecipeCopy in(Path output) {
        return new RecipeCopy(output.resolve("recipe.yaml"));
    }

    void write(Recipe recipe) throws IOException {
        String text = "# " + recipe.name() + "\n" + RecipeText.of(recipe);
        WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Refuses to go on by another recipe; says in what it differs. */
    void check(Recipe recipe) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        List<String> before = Files.readAllLines(file);
        List<String> now = ("# " + recipe.name() + "\n" + RecipeText.of(recipe)).lines().toList();
        String group = "";
        for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
            if (!now.get(i).equals(before.get(i))) {
                throw new InputException(
                        "--resume with recipe "
                                + recipe.name()
                                + ": it says '"
                                + group
                                + now.get(i).strip()
                                + "', the training in "
                                + file.getParent()
                                + " began with '"
                                + group
                                + before.get(i).strip()
                                + "'; only the same recipe is allowed");
            }
            if (now.get(i).endsWith(":")) {
                group = now.get(i).replace(':', '.');
            }
        }
    }
}
