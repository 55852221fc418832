// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.job.process.ProgressLine;
import io.stdcseg.job.report.training.TrainingLog;
import io.stdcseg.job.report.training.TrainingPage;
import io.stdcseg.training.TrainingListener;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.RecipeWriter;
import io.stdcseg.training.recipe.SegmentationOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Reports of a training in its output folder and on the console: a copy of its recipe, its log, its
 * page and its progress, in this order.
 */
final class TrainingReports implements TrainingListener, AutoCloseable {

    private final Path output;
    private final Recipe recipe;
    private final String subject;
    private TrainingLog log;
    private TrainingPage page;
    private volatile Progress progress;

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
        String text = "# " + recipe.name() + "\n" + RecipeWriter.write(recipe);
        AtomicFile.write(
                output.resolve("recipe.yaml"),
                out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        log = TrainingLog.open(output.resolve("log.jsonl"), iteration, classes(recipe));
        log.began(iteration, facts);
        page =
                new TrainingPage(
                        output.resolve("training.html"),
                        recipe,
                        subject,
                        facts,
                        log.history(),
                        System::nanoTime);
        progress = new Progress(stop, iteration, System::nanoTime);
    }

    /** Names of what each score is of. */
    private static List<String> classes(Recipe recipe) {
        return recipe.task() instanceof SegmentationOptions options
                ? options.labels().names()
                : List.of();
    }

    /** Where the training is, in one line; before it begins, what is being started. */
    String line() {
        Progress begun = progress;
        return begun == null ? "loading network" : begun.line();
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

    /** The training cannot go on. */
    void failed(String why) {
        page.failed(why);
    }

    @Override
    public void close() {
        log.close();
        page.close();
    }

    /** Progress of a training in one line. Thread-safe. */
    static final class Progress implements TrainingListener {

        /** Of an iteration in the means that are shown. */
        private static final double SHARE = 0.05;

        private final StopRule stop;
        private final LongSupplier nanoTime;
        private final int before;
        private final long start;
        private int done;
        private double loss = Double.NaN;
        private double picturesPerSecond = Double.NaN;
        private String evaluation = "";

        /**
         * @param before iterations done in earlier runs
         * @param nanoTime as {@link System#nanoTime()}
         */
        Progress(StopRule stop, int before, LongSupplier nanoTime) {
            this.stop = stop;
            this.before = before;
            this.done = before;
            this.nanoTime = nanoTime;
            this.start = nanoTime.getAsLong();
        }

        @Override
        public synchronized void stepped(TrainingStep step) {
            done = step.iteration();
            loss = mean(loss, step.losses().total());
            picturesPerSecond = mean(picturesPerSecond, step.pictures() / step.seconds());
        }

        @Override
        public synchronized void evaluated(TrainingScore score) {
            double value = score.evaluation().score();
            evaluation =
                    Double.isNaN(value)
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    ", %s %.1f %%",
                                    score.evaluation().measure(),
                                    100 * value);
        }

        /**
         * Iterations done of all, mean loss, score of the last evaluation, speed and time left;
         * before the first one, that it is waited for.
         */
        synchronized String line() {
            if (done == before) {
                return "waiting for iteration " + (before + 1) + " of " + stop.last();
            }
            StringBuilder line = new StringBuilder();
            line.append(done).append(" of ").append(stop.last()).append(" iterations");
            append(line, ", loss %.3f", loss);
            line.append(evaluation);
            append(line, ", %.1f pictures/s", picturesPerSecond);
            double seconds = (nanoTime.getAsLong() - start) / 1e9;
            double left = (stop.last() - done) * seconds / (done - before);
            line.append(", ")
                    .append(ProgressLine.left(Math.max(0, Math.min(left, stop.secondsLeft()))));
            return line.toString();
        }

        private static double mean(double before, double value) {
            return Double.isNaN(before) ? value : before + SHARE * (value - before);
        }

        private static void append(StringBuilder line, String format, double value) {
            line.append(String.format(Locale.ROOT, format, value));
        }
    }
}
