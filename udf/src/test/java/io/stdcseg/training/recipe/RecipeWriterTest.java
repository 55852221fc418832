// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.training.augment.Variation;
import io.stdcseg.training.loss.TeacherOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeWriterTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"published-cityscapes-stdc2", "cityscapes-stdc1", "camvid-stdc1"})
    void readsBackAsTheSameRecipe(String name) throws IOException {
        Recipe recipe = RecipeReader.read(name);

        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, RecipeWriter.write(recipe));

        assertThat(RecipeReader.read(file.toString())).isEqualTo(recipe);
    }

    @Test
    void readsBackWeightsOfClassesAndWhereDataLies() throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(
                file,
                """
                base: camvid-stdc1
                loss: {class-weights: [1, 2, 0.5, 1, 1, 1, 1, 1, 1, 0, 3]}
                data: {train-images: it's/train, val-list: val.txt, label-suffix: _L}
                """);
        Recipe recipe = RecipeReader.read(file.toString());
        SegmentationOptions options = (SegmentationOptions) recipe.task();
        assertThat(options.loss().classWeights().byTrainId()).hasSize(11).startsWith(1.0, 2.0, 0.5);
        assertThat(options.data().train().images()).isEqualTo("it's/train");
        assertThat(options.data().val().list()).isEqualTo("val.txt");
        assertThat(options.data().naming().labelSuffix()).isEqualTo("_L");

        Files.writeString(file, RecipeWriter.write(recipe));

        assertThat(RecipeReader.read(file.toString())).isEqualTo(recipe);
    }

    @Test
    void readsBackVariationAndATeacher() throws IOException {
        Path file = folder.resolve("taught.yaml");
        Files.writeString(
                file,
                """
                base: camvid-stdc1
                variation: {gamma: 0.5, sharpness: 2, h264: 0.75, rare: 0.25, class-aware: 0.4}
                teacher: {weights: stdc2.safetensors, temperature: 2, share: 0.5}
                """);
        Recipe recipe = RecipeReader.read(file.toString());
        SegmentationOptions options = (SegmentationOptions) recipe.task();
        assertThat(options.augmentation().variation())
                .isEqualTo(new Variation(0, 0, 0.5, 0, 0, 0, 0, 2, 0, 0.75, 0.25, 0.4));
        assertThat(options.teacher())
                .isEqualTo(new TeacherOptions("stdc2.safetensors", 2, 0.5, 0, 0));

        Files.writeString(file, RecipeWriter.write(recipe));

        assertThat(RecipeReader.read(file.toString())).isEqualTo(recipe);
    }
}
