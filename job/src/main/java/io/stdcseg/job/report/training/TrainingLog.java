// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.metric.Scores;
import io.stdcseg.training.Evaluation;
import io.stdcseg.training.Evaluation.Accuracy;
import io.stdcseg.training.Evaluation.SegmentationScores;
import io.stdcseg.training.TrainingListener;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Log of a training, {@code log.jsonl}, written while it runs: a line for every run, for every ten
 * iterations with their mean losses, and for every evaluation. Each line is written at once, so a
 * killed process loses ten iterations at most.
 */
public final class TrainingLog implements TrainingListener, AutoCloseable {

    private static final int STEPS_PER_LINE = 10;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final List<String> classes;
    private final TrainingHistory history;
    private StepMeans pending;

    private TrainingLog(Path file, List<String> classes, TrainingHistory history) {
        this.file = file;
        this.classes = classes;
        this.history = history;
    }

    /**
     * Opens the log of a training that begins, or goes on.
     *
     * @param file to write; lines after {@code iteration} are dropped from it
     * @param iteration after which the training goes on; 0 if it begins
     * @param classes names, in train-id order; none for a classifier
     */
    public static TrainingLog open(Path file, int iteration, List<String> classes)
            throws IOException {
        List<String> lines =
                iteration == 0 || !Files.exists(file)
                        ? List.of()
                        : Files.readAllLines(file).stream()
                                .filter(line -> TrainingHistory.iteration(line) <= iteration)
                                .toList();
        TrainingHistory history =
                new TrainingHistory(
                        ValidationPictures.open(
                                file.resolveSibling("validation.jsonl"), iteration));
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            history.add(line);
            text.append(line).append('\n');
        }
        AtomicFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
        return new TrainingLog(file, classes, history);
    }

    /**
     * Tells that a run begins: what its page says of data, weights and machine may differ from what
     * an earlier run of the same training had.
     *
     * @param iteration after which it goes on; 0 if the training begins
     */
    public void began(int iteration, Map<String, String> facts) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("iteration", iteration);
        line.put("begun", facts);
        append(line);
    }

    /** What has been written, and goes on being written. */
    public TrainingHistory history() {
        return history;
    }

    @Override
    public void stepped(TrainingStep step) {
        StepMeans means = StepMeans.of(step);
        pending = pending == null ? means : pending.and(means);
        if (step.iteration() % STEPS_PER_LINE == 0) {
            flush();
        }
    }

    @Override
    public void evaluated(TrainingScore score) {
        flush(); // the training may go on from here, and only whole lines stay
        Evaluation evaluation = score.evaluation();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("iteration", score.iteration());
        line.put("best", score.best());
        line.put("measure", evaluation.measure());
        line.put("score", Scores.orNull(evaluation.score()));
        if (evaluation instanceof SegmentationScores scores) {
            line.put("scores", scores(scores.byScale()));
            history.pictures().add(score.iteration(), scores.samples());
        } else if (evaluation instanceof Accuracy accuracy) {
            line.put("accuracy", accuracy(accuracy));
        }
        append(line);
    }

    @Override
    public void close() {
        flush();
    }

    private void flush() {
        if (pending != null) {
            append(pending.toMap());
            pending = null;
        }
    }

    private void append(Map<String, Object> values) {
        try {
            String line = MAPPER.writeValueAsString(values);
            Files.writeString(
                    file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            history.add(line);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new FileSystemException(file.toString(), null, e.getMessage()));
        }
    }

    private Map<String, Object> scores(Map<Double, Scores> byScale) {
        Map<String, Object> scores = new LinkedHashMap<>();
        byScale.forEach((scale, values) -> scores.put(scale.toString(), values.toMap(classes)));
        return scores;
    }

    private static Map<String, Object> accuracy(Accuracy accuracy) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pictures", accuracy.pictures());
        map.put("top1", accuracy.score());
        map.put("top5", accuracy.topFive());
        return map;
    }
}
