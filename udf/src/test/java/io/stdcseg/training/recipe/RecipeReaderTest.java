// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.testing.SharedData;
import io.stdcseg.training.augment.ClassificationAugmentation;
import io.stdcseg.training.augment.SegmentationAugmentation;
import io.stdcseg.training.data.DatasetLayout;
import io.stdcseg.training.loss.ClassWeights;
import io.stdcseg.training.loss.LossOptions;
import io.stdcseg.training.loss.LossOptions.DetailRule;
import io.stdcseg.training.optimise.LearningRateSchedule;
import io.stdcseg.training.optimise.LearningRateSchedule.Decay;
import io.stdcseg.training.optimise.OptimiserOptions;
import io.stdcseg.training.optimise.OptimiserOptions.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeReaderTest {

    @TempDir private Path folder;

    @Test
    void readsThePublishedRecipe() {
        Recipe recipe = RecipeReader.read("published-cityscapes-stdc1");

        assertThat(recipe)
                .isEqualTo(
                        new Recipe(
                                "published-cityscapes-stdc1",
                                Variant.STDC1,
                                new SegmentationOptions(
                                        LabelSet.of("cityscapes"),
                                        InputScale.by(0.5),
                                        0,
                                        new SegmentationAugmentation(
                                                512,
                                                1024,
                                                List.of(
                                                        0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875,
                                                        1.0, 1.125, 1.25, 1.375, 1.5),
                                                true,
                                                0.5,
                                                0.5,
                                                0.5),
                                        new LossOptions(
                                                0.7,
                                                0.0625,
                                                ClassWeights.power(0),
                                                0,
                                                List.of(8),
                                                DetailRule.PUBLISHED),
                                        List.of(0.5, 0.75),
                                        DatasetLayout.USUAL),
                                1,
                                48,
                                new OptimiserOptions(Method.SGD, 0.01, 10, 0.9, 5e-4, 0, false),
                                new LearningRateSchedule(60_000, 1000, 1e-3, Decay.POLY, 0.9),
                                0,
                                Precision.FP32,
                                1000));
    }

    @Test
    void readsTheRecipeOfABackbone() {
        Recipe recipe = RecipeReader.read("published-imagenet-stdc2");

        assertThat(recipe)
                .isEqualTo(
                        new Recipe(
                                "published-imagenet-stdc2",
                                Variant.STDC2,
                                new ClassificationOptions(
                                        new ClassificationAugmentation(
                                                224,
                                                224,
                                                List.of(0.08, 1.0),
                                                List.of(0.75, 1.333333),
                                                true,
                                                0,
                                                0,
                                                0),
                                        0.1,
                                        0.2,
                                        256),
                                1,
                                64,
                                new OptimiserOptions(Method.SGD, 0.1, 1, 0.9, 1e-4, 0, true),
                                new LearningRateSchedule(6_005_400, 100_090, 0.01, Decay.COSINE, 0),
                                0,
                                Precision.FP32,
                                20_018));
    }

    @ParameterizedTest
    @CsvSource({
        "published-cityscapes-stdc2, STDC2, PUBLISHED, false, 60000",
        "cityscapes-stdc1, STDC1, CORRECTED, true, 60000",
        "cityscapes-stdc2, STDC2, CORRECTED, true, 60000",
        "camvid-stdc1, STDC1, CORRECTED, true, 36000",
        "camvid-stdc2, STDC2, CORRECTED, true, 36000"
    })
    void theOthersDifferFromItsBase(
            String name, Variant variant, DetailRule rule, boolean norms, int iterations) {
        Recipe recipe = RecipeReader.read(name);

        assertThat(recipe.name()).isEqualTo(name);
        assertThat(recipe.variant()).isEqualTo(variant);
        assertThat(recipe.task())
                .isInstanceOfSatisfying(
                        SegmentationOptions.class,
                        task -> assertThat(task.loss().detailTarget()).isEqualTo(rule));
        assertThat(recipe.optimiser().backboneNorms()).isEqualTo(norms);
        assertThat(recipe.schedule().iterations()).isEqualTo(iterations);
    }

    @Test
    void theFilesAreWhatTheNamesMean() {
        Path file = SharedData.projectRoot().resolve("conf/training/camvid-stdc2.yaml");

        // Its base is a name that comes with the job, wherever the file lies.
        assertThat(RecipeReader.read(file.toString())).isEqualTo(RecipeReader.read("camvid-stdc2"));
    }

    /** The README trains by it. */
    @Test
    void theSampleIsForAHandfulOfPictures() {
        Path file = SharedData.projectRoot().resolve("samples/handful.yaml");

        Recipe recipe = RecipeReader.read(file.toString());

        assertThat(recipe.name()).isEqualTo("handful");
        assertThat(recipe.schedule().iterations()).isEqualTo(300);
    }

    @Test
    void aFileMaySayOnlyWhatDiffers() throws IOException {
        write("quick.yaml", "base: camvid-stdc1\nschedule: {iterations: 600}\nprecision: auto\n");
        write("quicker.yaml", "base: quick.yaml\nschedule: {warm-up: 0}\n");

        Recipe recipe = RecipeReader.read(folder.resolve("quicker.yaml").toString());

        assertThat(recipe.name()).isEqualTo("quicker");
        assertThat(recipe.schedule().iterations()).isEqualTo(600);
        assertThat(recipe.schedule().warmUp()).isZero();
        assertThat(recipe.schedule().power()).isEqualTo(0.9);
        assertThat(recipe.precision()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task: driving|task is driving; one of segmentation, classification is allowed",
                "task: classification|augmentation.areas is missing",
                "model: stdc3|model is stdc3; one of stdc1, stdc2 is allowed",
                "label-set: mars|label set 'mars' is unknown; allowed are camvid, cityscapes,",
                "label-set: 3|label-set is 3; a text is allowed",
                "scale: 0.5|scale and height exclude each other; give one",
                "height: 20|height is 20; 32 or more is allowed",
                "seed: 1.5|seed is 1.5; a whole number is allowed",
                "batch-size: many|batch-size is many; a whole number is allowed",
                "batch-size: 1|batch-size is 1; 2 or more is allowed",
                "extra-share: 2|extra-share is 2.0; 0 to 1 is allowed",
                "average: 1|average is 1.0; 0 to below 1 is allowed",
                "precision: int8|precision is int8; one of auto, fp32, bf16 is allowed",
                "colour: red|key colour is unknown; allowed are augmentation, average, batch-size",
                "augmentation: 3|augmentation is 3; a group of keys is allowed",
                "augmentation: {flip: 1}|augmentation.flip is 1; true or false is allowed",
                "augmentation: {rows: 16}|augmentation.rows is 16; 32 or more is allowed",
                "augmentation: {scales: 1}|augmentation.scales is 1; a list of numbers is allowed",
                "augmentation: {scales: [a]}|augmentation.scales is [a]; a list of numbers is",
                "augmentation: {scales: []}|augmentation.scales is []; a list of factors above 0",
                "augmentation: {scales: [0, 1]}|augmentation.scales is [0.0, 1.0]; a list of",
                "augmentation: {scales: [2, 0.5]}|augmentation.scales is [2.0, 0.5]; of two"
                        + " factors, any between which is taken, the smaller one first is allowed",
                "augmentation: {contrast: 1.5}|augmentation.contrast is 1.5; 0 to 1 is allowed",
                "loss: {threshold: 1.5}|loss.threshold is 1.5; 0 to 1 is allowed",
                "loss: {threshold: 0, hard-share: 0}|loss.hard-share is 0.0; more than 0 with"
                        + " loss.threshold 0, else no pixel counts, is allowed",
                "loss: {class-weights: 2}|loss.class-weights is 2.0; 0 to 1 is allowed",
                "loss: {overlap: -1}|loss.overlap is -1.0; 0 to 100 is allowed",
                "loss: {details: [8, 16]}|loss.details is [8, 16]; a list of 2, 4 and 8, each once",
                "loss: {details: [8, 8]}|loss.details is [8, 8]; a list of 2, 4 and 8, each once",
                "loss: {detail-target: own}|loss.detail-target is own; one of corrected, published",
                "loss: {ohem: true}|key loss.ohem is unknown; allowed are class-weights, detail-t",
                "optimiser: {rate: fast}|optimiser.rate is fast; a number is allowed",
                "optimiser: {rate: 0}|optimiser.rate is 0.0; a number above 0 is allowed",
                "optimiser: {rate: .nan}|optimiser.rate is NaN; a number above 0 is allowed",
                "optimiser: {method: sgd}|optimiser.momentum is missing",
                "optimiser: {momentum: 0.9}|key optimiser.momentum is unknown; allowed are",
                "optimiser: {method: sgd, momentum: 1}|optimiser.momentum is 1.0; 0 to below 1",
                "optimiser: {clip: -1}|optimiser.clip is -1.0; 0 or more is allowed",
                "optimiser: {weight-decay: -1}|optimiser.weight-decay is -1.0; 0 to below 1 is",
                "schedule: {iterations: 0}|schedule.iterations is 0; 1 or more is allowed",
                "schedule: {iterations: 400}|schedule.warm-up is 500; 0 to below"
                        + " schedule.iterations, 400, is allowed",
                "schedule: {fall: deep}|schedule.fall is deep; one of poly, cosine is allowed",
                "schedule: {fall: cosine}|key schedule.power is unknown; allowed are fall, iter",
                "schedule: {start: 0}|schedule.start is 0.0; above 0, at most 1, is allowed",
                "loss: {class-weights: 2}|loss.class-weights is 2.0; 0 to 1 is allowed",
                "loss: {class-weights: [1, 2]}|loss.class-weights is [1.0, 2.0]; a number, or one"
                        + " for each of the 11 classes of label set camvid, is allowed",
                "loss: {class-weights: [1, -2]}|loss.class-weights is [1.0, -2.0]; a list of"
                        + " weights from 0, not all 0, is allowed",
                "data: {train: x}|key data.train is unknown; allowed are label-suffix, picture",
                "evaluation: {every: 0}|evaluation.every is 0; 1 or more is allowed",
                "evaluation: {scales: [1, 1]}|evaluation.scales is [1.0, 1.0]; a list of factors",
            })
    void aValueThatIsNotAllowedIsNamed(String change, String message) throws IOException {
        aValueOf("camvid-stdc1", change, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "extra-share: 0.5|key extra-share is unknown; allowed are augmentation, average",
                "augmentation: {areas: [0.5]}|augmentation.areas is [0.5]; two shares above 0",
                "augmentation: {areas: [0.5, 2]}|augmentation.areas is [0.5, 2.0]; two shares",
                "augmentation: {shapes: [2, 1]}|augmentation.shapes is [2.0, 1.0]; two quotients",
                "augmentation: {columns: 8}|augmentation.columns is 8; 32 or more is allowed",
                "augmentation: {scales: [1]}|key augmentation.scales is unknown; allowed are areas",
                "loss: {smoothing: 1}|loss.smoothing is 1.0; 0 to below 1 is allowed",
                "loss: {dropout: -1}|loss.dropout is -1.0; 0 to below 1 is allowed",
                "optimiser: {head-factor: 2}|key optimiser.head-factor is unknown; allowed are",
                "evaluation: {shorter-side: 150}|evaluation.shorter-side is 150; 160, the longer"
                        + " side of the cut-out, or more is allowed",
            })
    void soIsAValueOfAClassifier(String change, String message) throws IOException {
        aValueOf("classes-stdc1", change, message);
    }

    private void aValueOf(String base, String change, String message) throws IOException {
        Path file = write("mine.yaml", "base: " + base + "\n" + change + "\n");

        assertThatThrownBy(() -> RecipeReader.read(file.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("recipe " + file + ": " + message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model: stdc1|recipe FILE: task is missing",
                "task: segmentation|recipe FILE: evaluation is missing",
                "just text|recipe FILE is just text; keys are needed",
                "model: [|recipe FILE: while parsing a flow node",
                "base: nowhere.yaml|recipe 'FOLDER/nowhere.yaml' is missing; allowed are a YAML"
                        + " file and camvid-stdc1, camvid-stdc2,",
                "base: mine.yaml|recipe FILE: base mine.yaml leads to no end of bases",
            })
    void aFileThatIsNoRecipeIsNamed(String content, String message) throws IOException {
        Path file = write("mine.yaml", content + "\n");

        assertThatThrownBy(() -> RecipeReader.read(file.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        message.replace("FILE", file.toString())
                                .replace("FOLDER", folder.toString()))
                .hasMessageNotContaining("\n");
    }

    /** Tags that make objects, and lists that grow by a thousand times per line. */
    @Test
    void recipesOfStrangersCanDoNothingButFail() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("*a").append(i - 1).append("]\n");
        }
        for (String content :
                List.of(
                        "task: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://a']]\n",
                        "task: !<tag:yaml.org,2002:java.lang.ProcessBuilder> [[touch, x]]\n",
                        bomb.toString())) {
            Path file = write("strange.yaml", content);

            assertThatThrownBy(() -> RecipeReader.read(file.toString()))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("recipe " + file)
                    .hasMessageNotContaining("\n");
        }
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
