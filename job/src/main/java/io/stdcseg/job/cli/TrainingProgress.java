// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.job.run.ProgressLine;
import io.stdcseg.training.TrainingListener;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line about a training that runs. Thread-safe. */
final class TrainingProgress implements TrainingListener {

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
    TrainingProgress(StopRule stop, int before, LongSupplier nanoTime) {
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

    /** Iterations done of all, mean loss, score of the last evaluation, speed and time left. */
    synchronized String line() {
        StringBuilder line = new StringBuilder();
        line.append(done).append(" of ").append(stop.last()).append(" iterations");
        if (done > before) {
            append(line, ", loss %.3f", loss);
            line.append(evaluation);
            append(line, ", %.1f pictures/s", picturesPerSecond);
            double seconds = (nanoTime.getAsLong() - start) / 1e9;
            double left = (stop.last() - done) * seconds / (done - before);
            line.append(", ")
                    .append(ProgressLine.left(Math.max(0, Math.min(left, stop.secondsLeft()))));
        }
        return line.toString();
    }

    private static double mean(double before, double value) {
        return Double.isNaN(before) ? value : before + SHARE * (value - before);
    }

    private static void append(StringBuilder line, String format, double value) {
        line.append(String.format(Locale.ROOT, format, value));
    }
}
