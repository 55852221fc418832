// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.training;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.job.report.PageTemplate;
import io.stdcseg.label.Palette;
import io.stdcseg.training.TrainingListener;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import io.stdcseg.training.recipe.ClassificationOptions;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.RecipeWriter;
import io.stdcseg.training.recipe.SegmentationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Page of a training, {@code training.html}: its curves on one self-contained page, written after
 * every evaluation, every half minute and at the end. It is whole at any time.
 */
public final class TrainingPage implements TrainingListener, AutoCloseable {

    private static final long NANOS_BETWEEN = 30_000_000_000L;
    private static final int MOST_POINTS = 400;

    private final Path file;
    private final Recipe recipe;
    private final String subject;
    private final Map<String, String> facts;
    private final TrainingHistory history;
    private final LongSupplier nanoTime;
    private String failure = "";
    private long written;

    /**
     * @param file to write
     * @param subject what is told apart, in words
     * @param facts what there is to say of data, weights and machine; names to values in the order
     *     to show them
     * @param history of a {@link TrainingLog} that hears of everything before this page does
     * @param nanoTime as {@link System#nanoTime()}
     */
    public TrainingPage(
            Path file,
            Recipe recipe,
            String subject,
            Map<String, String> facts,
            TrainingHistory history,
            LongSupplier nanoTime) {
        this.file = file;
        this.recipe = recipe;
        this.subject = subject;
        this.facts = new LinkedHashMap<>(facts);
        this.history = history;
        this.nanoTime = nanoTime;
        this.written = nanoTime.getAsLong();
    }

    @Override
    public void stepped(TrainingStep step) {
        if (nanoTime.getAsLong() - written >= NANOS_BETWEEN) {
            write();
        }
    }

    @Override
    public void evaluated(TrainingScore score) {
        write();
    }

    /** The training cannot go on; the page says so. */
    public void failed(String why) {
        failure = why;
    }

    @Override
    public void close() {
        write();
    }

    private void write() {
        String page = PageTemplate.fillCharted("training.html", data());
        try {
            AtomicFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written = nanoTime.getAsLong();
    }

    private Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", recipe.name());
        data.put(
                "lead",
                List.of(
                        recipe.variant().label(),
                        subject,
                        "batches of " + recipe.batchSize(),
                        cropSize()));
        data.put("iterations", recipe.schedule().iterations());
        data.put("failure", failure);
        data.put("seconds", history.seconds());
        data.put("steps", history.steps(MOST_POINTS).stream().map(StepMeans::toMap).toList());
        data.put("evaluations", history.evaluations());
        data.put("begins", history.begins());
        data.put("classes", classes());
        data.put("validation", history.pictures().toMap());
        data.put(
                "facts",
                facts.entrySet().stream()
                        .map(fact -> List.of(fact.getKey(), fact.getValue()))
                        .toList());
        data.put("recipe", RecipeWriter.write(recipe));
        return data;
    }

    private String cropSize() {
        if (recipe.task() instanceof SegmentationOptions options) {
            return options.augmentation().columns() + "x" + options.augmentation().rows();
        }
        ClassificationOptions options = (ClassificationOptions) recipe.task();
        return options.augmentation().columns() + "x" + options.augmentation().rows();
    }

    private Object classes() {
        return recipe.task() instanceof SegmentationOptions options
                ? PageTemplate.classes(Palette.of(Palette.BRIGHT).paint(options.labels()))
                : List.of();
    }
}
