// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.training.Evaluation.Accuracy;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import io.stdcseg.training.augment.ClassificationAugmentation;
import io.stdcseg.training.data.TestPictures;
import io.stdcseg.training.loss.ClassificationLoss;
import io.stdcseg.training.loss.LossValues;
import io.stdcseg.training.optimise.LearningRateSchedule;
import io.stdcseg.training.optimise.LearningRateSchedule.Decay;
import io.stdcseg.training.optimise.OptimiserOptions;
import io.stdcseg.training.optimise.OptimiserOptions.Method;
import io.stdcseg.training.recipe.ClassificationOptions;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.weights.ClassifierWeights;
import io.stdcseg.weights.PretrainedWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassificationTaskTest {

    private static final int ITERATIONS = 24;

    /** So that the norms of the last maps, 1/32 of it, have more than one pixel of a picture. */
    private static final int SIDE = 64;

    @TempDir Path folder;

    /** Records what a training tells. */
    private static final class RecordingListener implements TrainingListener {

        private final List<LossValues> losses = new ArrayList<>();
        private final List<Accuracy> accuracies = new ArrayList<>();

        @Override
        public void stepped(TrainingStep step) {
            losses.add(step.losses());
        }

        @Override
        public void evaluated(TrainingScore score) {
            accuracies.add((Accuracy) score.evaluation());
        }
    }

    @BeforeEach
    void writePictures() throws Exception {
        for (String part : List.of("train", "val")) {
            Path data = folder.resolve("data").resolve(part);
            for (int i = 0; i < 8; i++) {
                int seed = part.hashCode() + i;
                TestPictures.writeTinted(data.resolve("red/" + i + ".png"), 50, 40, true, seed);
                TestPictures.writeTinted(data.resolve("blue/" + i + ".png"), 44, 52, false, seed);
            }
        }
    }

    @Test
    void aBackboneLearnsWhatAPictureShows() throws Exception {
        RecordingListener listener = new RecordingListener();

        train("learnt", false, ITERATIONS, listener);

        assertThat(listener.losses.get(0).terms())
                .containsOnlyKeys(ClassificationLoss.CROSS_ENTROPY);
        assertThat(listener.accuracies).last().matches(accuracy -> accuracy.score() > 0.8);
        ClassifierWeights weights =
                ClassifierWeights.read(folder.resolve("learnt/best.safetensors"));
        assertThat(weights.classes()).containsExactly("blue", "red");
    }

    @Test
    void aResumedTrainingGivesTheSameNumbers() throws Exception {
        RecordingListener whole = new RecordingListener();
        RecordingListener parts = new RecordingListener();

        train("whole", false, 6, whole);
        train("parts", false, 2, parts);
        train("parts", true, 6, parts);

        assertThat(parts.losses).hasSize(6).isEqualTo(whole.losses);
        Map<String, TensorData> one = tensors("whole/state.safetensors");
        Map<String, TensorData> other = tensors("parts/state.safetensors");
        assertThat(other.keySet()).isEqualTo(one.keySet());
        one.forEach(
                (name, tensor) ->
                        assertThat(other.get(name).bytes()).as(name).isEqualTo(tensor.bytes()));
    }

    @Test
    void itsWeightsPretrainASegmentation() throws Exception {
        TrainingTask task = TrainingTask.of(recipe(), folder.resolve("data"), List.of(), List.of());
        task.write(task.initialTensors(), folder.resolve("backbone.safetensors"));
        Path file = folder.resolve("backbone.safetensors");

        PretrainedWeights pretrained =
                PretrainedWeights.read(file, new ModelSpec(Variant.STDC1, 11));

        assertThat(pretrained.anew()).noneMatch(name -> name.startsWith("cp.backbone."));
        Map<String, TensorData> given = tensors("backbone.safetensors");
        pretrained
                .tensors()
                .forEach(
                        (name, tensor) ->
                                assertThat(tensor.bytes())
                                        .isEqualTo(
                                                given.get(name.substring("cp.backbone.".length()))
                                                        .bytes()));
    }

    @Test
    void whatDoesNotFitIsRefusedByName() throws Exception {
        Path data = folder.resolve("data");
        assertThatThrownBy(() -> TrainingTask.of(recipe(), data, List.of(folder), List.of()))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--extra "
                                + folder
                                + " is of no use: recipe tints trains a classifier; it is allowed"
                                + " for segmentation");
        Path other = Files.createDirectories(data.resolve("val/slanting"));
        assertThatThrownBy(() -> TrainingTask.of(recipe(), data, List.of(), List.of()))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "pictures " + other + " are of a class that training has no pictures of");
        Path empty = Files.createDirectories(data.resolve("train/slanting"));
        assertThatThrownBy(() -> TrainingTask.of(recipe(), data, List.of(), List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("pictures " + empty + " holds no picture");
        assertThatThrownBy(() -> TrainingTask.of(recipe(), folder, List.of(), List.of()))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "pictures "
                                + folder.resolve("train")
                                + " is not a directory; one with a folder for each class is"
                                + " needed");
        assertThatThrownBy(
                        () ->
                                TrainingTask.of(
                                        recipe(),
                                        folder.resolve("data/train"),
                                        List.of(),
                                        List.of()))
                .isInstanceOf(InputException.class);
    }

    @Test
    void aPictureThatCannotBeReadFailsTheEvaluationByName() throws Exception {
        TrainingTask task = TrainingTask.of(recipe(), folder.resolve("data"), List.of(), List.of());
        Path weights = folder.resolve("initial.safetensors");
        task.write(task.initialTensors(), weights);
        Path broken = folder.resolve("data/val/red/3.png");
        Files.writeString(broken, "no picture");

        assertThatThrownBy(() -> task.evaluate(weights, "cpu", 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(broken.toString());
    }

    @Test
    void theRankOfAScoreCountsThoseAbove() {
        float[] scores = {9, 9, 1, 3, 2, 3};

        assertThat(ClassificationValidation.rank(scores, 2, 4, 1)).isZero();
        assertThat(ClassificationValidation.rank(scores, 2, 4, 3)).isEqualTo(1);
        assertThat(ClassificationValidation.rank(scores, 2, 4, 2)).isEqualTo(2);
        assertThat(ClassificationValidation.rank(scores, 2, 4, 0)).isEqualTo(3);
        assertThat(ClassificationValidation.rank(new float[] {Float.NaN, 1}, 0, 2, 0)).isEqualTo(2);
    }

    private Map<String, TensorData> tensors(String file) {
        return SafeTensors.read(folder.resolve(file)).tensors();
    }

    private void train(String output, boolean resume, int last, RecordingListener listener)
            throws Exception {
        TrainingTask task = TrainingTask.of(recipe(), folder.resolve("data"), List.of(), List.of());
        Trainer.Options options = new Trainer.Options(Map.of(), resume, "cpu", 0);
        try (Trainer trainer =
                new Trainer(recipe(), task, folder.resolve(output), options, listener)) {
            trainer.run(() -> trainer.iteration() >= last);
        }
    }

    private static Recipe recipe() {
        return new Recipe(
                "tints",
                Variant.STDC1,
                new ClassificationOptions(
                        new ClassificationAugmentation(
                                SIDE,
                                SIDE,
                                List.of(0.5, 1.0),
                                List.of(0.75, 1.33),
                                true,
                                0.4,
                                0.4,
                                0.4),
                        0.1,
                        0.2,
                        SIDE * 9 / 8),
                1,
                8,
                new OptimiserOptions(Method.ADAMW, 1e-3, 1, 0, 1e-2, 0, true),
                new LearningRateSchedule(ITERATIONS, 2, 0.1, Decay.COSINE, 0),
                0.8,
                Precision.FP32,
                ITERATIONS);
    }
}
