// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.label.LabelSet;
import io.stdcseg.metric.Scores;
import io.stdcseg.testing.TestScores;
import io.stdcseg.training.Evaluation.SegmentationScores;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import io.stdcseg.training.loss.LossValues;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.RecipeReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPageTest {

    private static final Pattern DATA =
            Pattern.compile("<script id=\"data\" type=\"application/json\">(.*)</script>");

    private static final List<String> CLASSES = LabelSet.of("cityscapes").names();

    @TempDir private Path folder;

    @Test
    void showsTheWholeCourse() throws Exception {
        Path file = folder.resolve("training.html");
        Recipe recipe = RecipeReader.read("cityscapes-stdc1");
        Random random = new Random(1);
        try (TrainingLog log = TrainingLog.open(folder.resolve("log.jsonl"), 0, CLASSES);
                TrainingPage page =
                        new TrainingPage(
                                file, recipe, "streets", facts(), log.history(), () -> 0)) {
            for (int i = 1; i <= 20_000; i++) {
                TrainingStep step = step(recipe, i, random);
                log.stepped(step);
                page.stepped(step);
                if (i % 1000 == 0) {
                    TrainingScore score = score(i, random);
                    log.evaluated(score);
                    page.evaluated(score);
                }
            }
        }

        JsonNode data = data(file);
        assertThat(data.get("name").asText()).isEqualTo("cityscapes-stdc1");
        assertThat(data.get("steps").size()).isBetween(200, 400);
        assertThat(data.get("evaluations")).hasSize(20);
        assertThat(data.get("classes")).hasSize(19);
        assertThat(data.get("facts").get(0).get(1).asText()).isEqualTo("</script> & co");
        assertThat(data.get("recipe").asText()).contains("optimiser:\n  method: sgd\n");
        assertThat(Files.readString(file))
                .doesNotContain("/*DATA", "/*DRAWING", "/*CHART", "/*PLOTTING", "src=\"http");
    }

    @Test
    void isWrittenEveryHalfMinute() throws Exception {
        Path file = folder.resolve("training.html");
        Recipe recipe = RecipeReader.read("camvid-stdc1");
        AtomicLong nanos = new AtomicLong(5);
        TrainingLog log = TrainingLog.open(folder.resolve("log.jsonl"), 0, CLASSES);
        TrainingPage page =
                new TrainingPage(file, recipe, "streets", Map.of(), log.history(), nanos::get);
        TrainingStep step = step(recipe, 1, new Random(1));

        page.stepped(step);
        assertThat(file).doesNotExist();

        nanos.addAndGet(30_000_000_000L);
        page.stepped(step);
        assertThat(file).exists();
    }

    @Test
    void saysWhyTheTrainingCannotGoOn() throws Exception {
        Path file = folder.resolve("training.html");
        Recipe recipe = RecipeReader.read("camvid-stdc1");
        TrainingLog log = TrainingLog.open(folder.resolve("log.jsonl"), 0, CLASSES);
        TrainingPage page =
                new TrainingPage(file, recipe, "streets", Map.of(), log.history(), () -> 0);

        page.failed("the loss of iteration 7 is not a number");
        page.close();

        assertThat(data(file).get("failure").asText())
                .isEqualTo("the loss of iteration 7 is not a number");
    }

    private static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Pictures", "</script> & co");
        facts.put("Device", "cpu, bf16, 2 threads");
        return facts;
    }

    private static TrainingStep step(Recipe recipe, int i, Random random) {
        double level = 0.3 + Math.exp(-i / 4000.0) + 0.05 * random.nextGaussian();
        return new TrainingStep(
                i,
                recipe.optimiser().rate() * recipe.schedule().factor(i - 1),
                new LossValues(Map.of("main", level, "edges", 0.3 + level / 10, "dice", 0.5)),
                48,
                1 + 0.1 * random.nextDouble());
    }

    private static TrainingScore score(int i, Random random) {
        double miou = 0.7 - 0.5 * Math.exp(-i / 5000.0) + 0.02 * random.nextGaussian();
        double[] iou = new double[19];
        Arrays.setAll(iou, c -> Math.max(0, miou + 0.25 * Math.sin(c)));
        Scores coarse = TestScores.of(miou, 0.9, iou);
        Scores fine = TestScores.of(miou + 0.03, 0.9, iou);
        Map<Double, Scores> scores = new LinkedHashMap<>();
        scores.put(0.5, coarse);
        scores.put(0.75, fine);
        return new TrainingScore(i, new SegmentationScores(scores), i == 19_000);
    }

    private static JsonNode data(Path page) throws Exception {
        Matcher data = DATA.matcher(Files.readString(page));
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }
}
