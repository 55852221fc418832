// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.engine.pytorch.PyTorchRuntime;
import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.training.Evaluation.SegmentationScores;
import io.stdcseg.training.Trainer.TrainingException;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import io.stdcseg.training.augment.SegmentationAugmentation;
import io.stdcseg.training.data.DatasetLayout;
import io.stdcseg.training.data.SegmentationDataset;
import io.stdcseg.training.data.TestPictures;
import io.stdcseg.training.loss.ClassWeights;
import io.stdcseg.training.loss.LossOptions;
import io.stdcseg.training.loss.LossOptions.DetailRule;
import io.stdcseg.training.loss.LossValues;
import io.stdcseg.training.loss.TeacherOptions;
import io.stdcseg.training.optimise.LearningRateSchedule;
import io.stdcseg.training.optimise.LearningRateSchedule.Decay;
import io.stdcseg.training.optimise.OptimiserOptions;
import io.stdcseg.training.optimise.OptimiserOptions.Method;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.SegmentationOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {

    private static final LabelSet CAMVID = LabelSet.of("camvid");
    private static final List<Double> SCALES = List.of(0.5, 1.0);

    @TempDir Path folder;

    /** Records what a training tells. */
    private static final class RecordingListener implements TrainingListener {

        private final List<LossValues> losses = new ArrayList<>();
        private final List<TrainingScore> scores = new ArrayList<>();

        @Override
        public void stepped(TrainingStep step) {
            losses.add(step.losses());
        }

        @Override
        public void evaluated(TrainingScore score) {
            scores.add(score);
        }

        List<Double> evaluations() {
            return scores.stream().map(score -> score.evaluation().score()).toList();
        }
    }

    @BeforeEach
    void writePictures() throws Exception {
        for (int i = 0; i < 3; i++) {
            TestPictures.writeColoured(folder.resolve("data/train"), "picture" + i, 80 + i, 70);
        }
        TestPictures.writeColoured(folder.resolve("data/val"), "a", 90, 64);
    }

    @ParameterizedTest
    @EnumSource
    void aResumedTrainingGivesTheSameNumbers(Method method) throws Exception {
        Recipe recipe = recipe(method, 0.01, Precision.FP32);
        RecordingListener whole = new RecordingListener();
        RecordingListener parts = new RecordingListener();

        train(recipe, "whole", false, 6, whole);
        train(recipe, "parts", false, 2, parts);
        Files.createFile(folder.resolve("parts/.state.safetensors." + UUID.randomUUID()));
        Path own = Files.createFile(folder.resolve("parts/.mine"));
        train(recipe, "parts", true, 4, parts);
        assertThat(folder.resolve("parts")).isDirectoryNotContaining("glob:**.state*");
        assertThat(own).exists();
        train(recipe, "parts", true, 6, parts);

        assertThat(parts.losses).hasSize(6).isEqualTo(whole.losses);
        assertThat(parts.evaluations()).hasSize(2).isEqualTo(whole.evaluations());
        for (String file : List.of("state", "last", "best")) {
            assertSame(file + ".safetensors");
        }
    }

    private void assertSame(String file) {
        Map<String, TensorData> whole = SafeTensors.read(folder.resolve("whole/" + file)).tensors();
        Map<String, TensorData> parts = SafeTensors.read(folder.resolve("parts/" + file)).tensors();
        assertThat(parts.keySet()).isEqualTo(whole.keySet());
        whole.forEach(
                (name, tensor) ->
                        assertThat(parts.get(name).bytes()).as(name).isEqualTo(tensor.bytes()));
    }

    @ParameterizedTest
    @EnumSource
    void anyThreadCanTrain(Method method) throws Exception {
        PyTorchRuntime.get(1); // Another thread than the one that trains has loaded it.
        RecordingListener listener = new RecordingListener();
        FutureTask<Void> training =
                new FutureTask<>(
                        () -> {
                            train(recipe(method, 0.01, Precision.FP32), "any", false, 1, listener);
                            return null;
                        });
        new Thread(training).start();

        training.get();

        assertThat(listener.losses).hasSize(1);
    }

    @Test
    void bfloat16LosesAboutAsMuchAsFloats() throws Exception {
        RecordingListener floats = new RecordingListener();
        RecordingListener halves = new RecordingListener();

        train(recipe(Method.SGD, 0.01, Precision.FP32), "floats", false, 1, floats);
        train(recipe(Method.SGD, 0.01, Precision.BF16), "halves", false, 1, halves);

        double expected = floats.losses.get(0).total();
        assertThat(halves.losses.get(0).total() / expected).isBetween(0.98, 1.02);
        assertThat(halves.losses).isNotEqualTo(floats.losses);
    }

    @Test
    void aLossThatIsNoNumberStopsWithThePictures() {
        Recipe recipe = recipe(Method.SGD, 0.01, Precision.FP32);
        float[] broken = new float[64 * 256];
        broken[7] = Float.NaN;
        Map<String, TensorData> tensors =
                Map.of("ffm.conv1.weight", TensorData.of(broken, 64, 256, 1, 1));

        assertThatThrownBy(() -> train(recipe, "lost", tensors, false, 6, new RecordingListener()))
                .isInstanceOf(TrainingException.class)
                .hasMessageMatching(
                        "the loss of iteration 1 is not a number; to try: a lower optimiser.rate,"
                                + " optimiser.clip, and on cpu, fp32, 1 threads precision: fp32;"
                                + " its losses are .*, its pictures picture\\d.png, picture\\d.png;"
                                + " scripts/poisoned-memory --check .*");
    }

    @Test
    void refusesFoldersThatDoNotFit() throws Exception {
        Recipe recipe = recipe(Method.SGD, 0.01, Precision.FP32);
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> train(recipe, "none", true, 1, new RecordingListener()))
                .isInstanceOf(InputException.class)
                .hasMessage("output " + none + " holds no training to resume; leave out --resume");

        train(recipe, "some", false, 1, new RecordingListener());
        Path some = folder.resolve("some");
        assertThatThrownBy(() -> train(recipe, "some", false, 1, new RecordingListener()))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "output " + some + " holds a training; give --resume or another folder");

        Recipe other = recipe(Method.SGD, 0.02, Precision.FP32);
        assertThatThrownBy(() -> train(other, "some", true, 2, new RecordingListener()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("only the same recipe is allowed");
        assertThat(Files.list(some))
                .noneMatch(file -> file.getFileName().toString().startsWith("."));
    }

    @Test
    void aFinishedTrainingGoesOnByALongerSchedule() throws Exception {
        Recipe recipe = recipe(Method.SGD, 0.01, Precision.FP32);
        train(recipe, "on", false, 6, new RecordingListener());
        RecordingListener listener = new RecordingListener();

        train(withIterations(recipe, 8), "on", true, 8, listener);

        assertThat(listener.losses).hasSize(2);
        assertThat(listener.scores).last().matches(score -> score.iteration() == 8);
        assertThatThrownBy(() -> train(recipe, "on", true, 8, new RecordingListener()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it says 'schedule.iterations: 6', ");
    }

    /** What is learnt is the teacher's alone: labels have no share, pictures need none. */
    @Test
    void learnsFromATeacherAlsoWithoutLabels() throws Exception {
        train(
                recipe(Method.SGD, 0.01, Precision.FP32),
                "taught",
                false,
                3,
                new RecordingListener());
        String weights = folder.resolve("taught/best.safetensors").toString();
        RecordingListener listener = new RecordingListener();
        Recipe recipe = taught(new TeacherOptions(weights, 2, 1, 0.5, 0));
        Path more = folder.resolve("data/train/images");
        TrainingTask task =
                TrainingTask.of(recipe, folder.resolve("data"), List.of(), List.of(more));
        Trainer.Options options = new Trainer.Options(Map.of(), false, "cpu", 0);
        try (Trainer trainer =
                new Trainer(recipe, task, folder.resolve("pupil"), options, listener)) {
            trainer.run(() -> false);
        }

        assertThat(task.pictures().unlabelled()).isEqualTo(3);
        List<Double> divergences =
                listener.losses.stream().map(loss -> loss.terms().get("teacher")).toList();
        assertThat(divergences).hasSize(30).allMatch(loss -> loss > 0);
        assertThat(mean(divergences.subList(20, 30)))
                .isLessThan(mean(divergences.subList(0, 10)) / 2);
        assertThat(listener.losses).allMatch(loss -> loss.total() == loss.terms().get("teacher"));
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(number -> number).average().orElseThrow();
    }

    @Test
    void refusesATeacherOfOtherClassesAndPicturesForNone() {
        Recipe alone = recipe(Method.SGD, 0.01, Precision.FP32);
        Path data = folder.resolve("data");
        assertThatThrownBy(() -> TrainingTask.of(alone, data, List.of(), List.of(data)))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--unlabelled "
                                + data
                                + " is of no use: teacher.unlabelled-share of recipe tiny is"
                                + " missing; above 0, below 1, is allowed with it");
        Path none = folder.resolve("none.safetensors");
        Recipe taught = taught(new TeacherOptions(none.toString(), 2, 0.5, 0, 0));
        assertThatThrownBy(
                        () ->
                                TrainingTask.of(taught, data, List.of(), List.of())
                                        .learners(Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(none.toString());
    }

    private static Recipe taught(TeacherOptions teacher) {
        Recipe recipe = recipe(Method.ADAMW, 0.001, Precision.FP32);
        SegmentationOptions task = (SegmentationOptions) recipe.task();
        return new Recipe(
                "pupil",
                recipe.variant(),
                new SegmentationOptions(
                        task.labels(),
                        task.scale(),
                        0,
                        task.augmentation(),
                        task.loss(),
                        teacher,
                        task.evaluateScales(),
                        task.data()),
                recipe.seed(),
                4,
                recipe.optimiser(),
                new LearningRateSchedule(30, 2, 0.1, Decay.POLY, 0.9),
                recipe.average(),
                recipe.precision(),
                30);
    }

    private static Recipe withIterations(Recipe recipe, int iterations) {
        return new Recipe(
                recipe.name(),
                recipe.variant(),
                recipe.task(),
                recipe.seed(),
                recipe.batchSize(),
                recipe.optimiser(),
                new LearningRateSchedule(iterations, 2, 0.1, Decay.POLY, 0.9),
                recipe.average(),
                recipe.precision(),
                recipe.evaluateEvery());
    }

    @Test
    void threadsShareAnEvaluation() throws Exception {
        train(
                recipe(Method.SGD, 0.01, Precision.FP32),
                "judged",
                false,
                3,
                new RecordingListener());
        Path weights = folder.resolve("judged/best.safetensors");
        Path val = folder.resolve("data/val");
        SegmentationDataset pictures =
                SegmentationDataset.of(val.resolve("images"), val.resolve("labels"), CAMVID);

        SegmentationScores one =
                new SegmentationValidation(pictures, SCALES, "cpu", 1).scores(weights);
        SegmentationScores shared =
                new SegmentationValidation(pictures, SCALES, "cpu", 3).scores(weights);
        SegmentationScores batched =
                new SegmentationValidation(pictures, SCALES, "cpu", 2, 2).scores(weights);

        for (double scale : SCALES) {
            assertThat(shared.byScale().get(scale).iou()).isEqualTo(one.byScale().get(scale).iou());
            assertThat(batched.byScale().get(scale).miou())
                    .isCloseTo(one.byScale().get(scale).miou(), within(0.01));
        }
    }

    private void train(
            Recipe recipe, String output, boolean resume, int last, RecordingListener listener)
            throws Exception {
        train(recipe, output, Map.of(), resume, last, listener);
    }

    private void train(
            Recipe recipe,
            String output,
            Map<String, TensorData> start,
            boolean resume,
            int last,
            RecordingListener listener)
            throws Exception {
        TrainingTask task = TrainingTask.of(recipe, folder.resolve("data"), List.of(), List.of());
        Trainer.Options options = new Trainer.Options(start, resume, "cpu", 0);
        try (Trainer trainer =
                new Trainer(recipe, task, folder.resolve(output), options, listener)) {
            trainer.run(() -> trainer.iteration() >= last);
        }
    }

    private static Recipe recipe(Method method, double rate, Precision precision) {
        return new Recipe(
                "tiny",
                Variant.STDC1,
                new SegmentationOptions(
                        CAMVID,
                        InputScale.by(1),
                        0,
                        new SegmentationAugmentation(
                                64, 64, List.of(0.5, 2.0), true, 0.5, 0.5, 0.5),
                        new LossOptions(
                                0.7,
                                1.0 / 16,
                                ClassWeights.power(1),
                                1,
                                List.of(2, 4, 8),
                                DetailRule.CORRECTED),
                        List.of(1.0),
                        DatasetLayout.USUAL),
                1,
                2,
                new OptimiserOptions(method, rate, 10, 0.9, 5e-4, 10, true),
                new LearningRateSchedule(6, 2, 0.1, Decay.POLY, 0.9),
                0.9,
                precision,
                3);
    }
}
