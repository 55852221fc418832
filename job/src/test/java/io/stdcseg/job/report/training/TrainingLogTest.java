// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.metric.Scores;
import io.stdcseg.testing.TestScores;
import io.stdcseg.training.Evaluation.Accuracy;
import io.stdcseg.training.Evaluation.SegmentationScores;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import io.stdcseg.training.loss.LossValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLogTest {

    private static final List<String> CLASSES = List.of("belt", "box");

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("log.jsonl");
    }

    @Test
    void takesTenIterationsTogether() throws IOException {
        try (TrainingLog log = TrainingLog.open(file, 0, CLASSES)) {
            steps(log, 1, 20);
        }

        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(2);
        JsonNode second = lines.get(1);
        assertThat(second.get("iteration").asInt()).isEqualTo(20);
        assertThat(second.get("rate").asDouble()).isEqualTo(0.2);
        assertThat(second.get("loss").get("main").asDouble()).isEqualTo(15.5); // of 11 to 20
        assertThat(second.get("loss").get("total").asDouble()).isEqualTo(25.5);
        assertThat(second.get("picturesPerSecond").asDouble()).isEqualTo(16);
    }

    @Test
    void tellsOfEvaluationsAfterTheIterationsBefore() throws IOException {
        try (TrainingLog log = TrainingLog.open(file, 0, CLASSES)) {
            steps(log, 1, 13);
            log.evaluated(score(13));
            steps(log, 14, 15);
        }

        List<JsonNode> lines = lines();
        assertThat(lines.stream().map(line -> line.get("iteration").asInt()))
                .containsExactly(10, 13, 13, 15);
        assertThat(lines.get(1).get("steps").asInt()).isEqualTo(3);
        JsonNode evaluation = lines.get(2);
        assertThat(evaluation.get("best").asBoolean()).isTrue();
        assertThat(evaluation.get("scores").get("0.5").get("miou").asDouble()).isEqualTo(0.5);
        assertThat(evaluation.get("scores").get("0.5").get("iou").get("belt").asDouble())
                .isEqualTo(0.5);
        assertThat(evaluation.get("scores").get("0.5").get("iou").get("box").isNull()).isTrue();
    }

    @Test
    void tellsOfAClassifier() throws IOException {
        try (TrainingLog log = TrainingLog.open(file, 0, List.of())) {
            log.evaluated(new TrainingScore(5, new Accuracy(8, 6, 7), true));

            assertThat(log.history().best())
                    .isEqualTo("best top-1 accuracy 75.00 % after iteration 5");
        }

        JsonNode accuracy = lines().get(0).get("accuracy");
        assertThat(accuracy.get("pictures").asInt()).isEqualTo(8);
        assertThat(accuracy.get("top1").asDouble()).isEqualTo(0.75);
        assertThat(accuracy.get("top5").asDouble()).isEqualTo(0.875);
    }

    @Test
    void goesOnWhereTheTrainingDoes() throws IOException {
        try (TrainingLog log = TrainingLog.open(file, 0, CLASSES)) {
            steps(log, 1, 20);
            log.evaluated(score(20));
            steps(log, 21, 30);
        }
        Files.writeString(file, "{\"iteration\":40,\"st", StandardOpenOption.APPEND);

        try (TrainingLog log = TrainingLog.open(file, 20, CLASSES)) {
            assertThat(log.history().evaluations()).hasSize(1);
            assertThat(log.history().seconds()).isEqualTo(10);
            steps(log, 21, 30);
        }

        assertThat(lines().stream().map(line -> line.get("iteration").asInt()))
                .containsExactly(10, 20, 20, 30);
    }

    @Test
    void tellsWhatEachRunBeganWith() throws IOException {
        try (TrainingLog log = TrainingLog.open(file, 0, CLASSES)) {
            log.began(0, Map.of("runs on", "cpu"));
            steps(log, 1, 20);
        }

        try (TrainingLog log = TrainingLog.open(file, 10, CLASSES)) {
            log.began(10, Map.of("runs on", "gpu0"));

            assertThat(log.history().begins())
                    .extracting(begin -> begin.at("/begun/runs on").asText())
                    .containsExactly("cpu", "gpu0");
            assertThat(log.history().begins().get(1).get("iteration").asInt()).isEqualTo(10);
        }
    }

    @Test
    void aTrainingThatBeginsForgetsAnEarlierOne() throws IOException {
        Files.writeString(file, "{\"iteration\":10}\n");

        TrainingLog.open(file, 0, CLASSES).close();

        assertThat(file).isEmptyFile();
    }

    @Test
    void longHistoriesBecomeFewMeans() throws IOException {
        try (TrainingLog log = TrainingLog.open(file, 0, CLASSES)) {
            steps(log, 1, 70);

            List<StepMeans> means = log.history().steps(3);

            assertThat(means.stream().map(StepMeans::iteration)).containsExactly(30, 60, 70);
            assertThat(means.get(0).losses().terms().get("main")).isEqualTo(15.5); // of 1 to 30
            assertThat(means.get(0).pictures()).isEqualTo(240);
        }
    }

    private static void steps(TrainingLog log, int first, int last) {
        for (int i = first; i <= last; i++) {
            log.stepped(new TrainingStep(i, i / 100.0, losses(i), 8, 0.5));
        }
    }

    private static LossValues losses(double main) {
        return new LossValues(Map.of("main", main, "dice", 10.0));
    }

    private static TrainingScore score(int iteration) {
        Scores scores = TestScores.of(0.5, 0.5, 0.5, Double.NaN);
        return new TrainingScore(iteration, new SegmentationScores(Map.of(0.5, scores)), true);
    }

    private List<JsonNode> lines() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }
}
