// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.job.report.training.TrainingLog;
import io.stdcseg.job.report.training.TrainingPage;
import io.stdcseg.training.TrainingListener;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.SegmentationOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Everything that tells of a training: its log, its page and its progress, in this order. */
final class TrainingReports implements TrainingListener, AutoCloseable {

    private final Path output;
    private final Recipe recipe;
    private final String subject;
    private TrainingLog log;
    private TrainingPage page;
    private TrainingProgress progress;

    /**
     * @param subject what is told apart, in words
     */
    TrainingReports(Path output, Recipe recipe, String subject) {
        this.output = output;
        this.recipe = recipe;
        this.subject = subject;
    }

    /**
     * Begins, before the first iteration.
     *
     * @param iteration after which the training goes on; 0 if it begins
     * @param facts of the page
     */
    void begin(int iteration, Map<String, String> facts, StopRule stop) throws IOException {
        log = TrainingLog.open(output.resolve("log.jsonl"), iteration, classes(recipe));
        page =
                new TrainingPage(
                        output.resolve("training.html"),
                        recipe,
                        subject,
                        facts,
                        log.history(),
                        System::nanoTime);
        progress = new TrainingProgress(stop, iteration, System::nanoTime);
    }

    /** Names of what each score is of. */
    private static List<String> classes(Recipe recipe) {
        return recipe.task() instanceof SegmentationOptions options
                ? options.labels().names()
                : List.of();
    }

    /** Where the training is, in one line. */
    String line() {
        return progress.line();
    }

    /** The best evaluation, in words; empty if there was none. */
    String best() {
        return log.history().best();
    }

    @Override
    public void stepped(TrainingStep step) {
        log.stepped(step);
        page.stepped(step);
        progress.stepped(step);
    }

    @Override
    public void evaluated(TrainingScore score) {
        log.evaluated(score);
        page.evaluated(score);
        progress.evaluated(score);
    }

    @Override
    public void close() {
        log.close();
        page.close();
    }
}
