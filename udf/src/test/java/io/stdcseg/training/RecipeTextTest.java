// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTextTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"published-cityscapes-stdc2", "cityscapes-stdc1", "camvid-stdc1"})
    void readsBackAsTheSameRecipe(String name) throws IOException {
        Recipe recipe = RecipeReader.read(name);

        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, RecipeText.of(recipe));

        assertThat(RecipeReader.read(file.toString())).isEqualTo(recipe);
    }
}
