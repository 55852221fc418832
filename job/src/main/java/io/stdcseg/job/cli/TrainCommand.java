// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.job.process.ProgressLine;
import io.stdcseg.job.process.Termination;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.training.Trainer;
import io.stdcseg.training.Trainer.TrainingException;
import io.stdcseg.training.TrainingTask;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.RecipeReader;
import io.stdcseg.training.recipe.SegmentationOptions;
import io.stdcseg.weights.PretrainedWeights;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code train}: trains a network by a recipe; may be interrupted and resumed. */
final class TrainCommand implements Command {

    /** How long whoever ends the process waits for the iteration, or evaluation, to be done. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final ConfigOption<String> RECIPE =
            key("recipe")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What to train and how: camvid-stdc1 or another recipe of"
                                    + " conf/training, or a YAML file.");

    private static final ConfigOption<String> DATA =
            key("data")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Data set: train/images, train/labels, val/images, val/labels, or"
                                + " another usual layout, Cityscapes' as published among them, or"
                                + " what the recipe says under data. For a classifier: train/CLASS"
                                + " and val/CLASS, a folder of pictures for each class.");

    private static final ConfigOption<List<String>> EXTRA =
            key("extra")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "More pictures to learn from: images and labels, as sample --pictures"
                                    + " renders them. May be given more than once; the recipe says"
                                    + " how many pictures come from them.");

    private static final ConfigOption<List<String>> UNLABELLED =
            key("unlabelled")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Pictures without labels, of which the recipe's teacher knows"
                                    + " something. May be given more than once; the recipe says how"
                                    + " many pictures come from them.");

    private static final ConfigOption<String> OUTPUT =
            key("output")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder for best.safetensors, last.safetensors, training.html and what"
                                    + " resuming takes.");

    private static final ConfigOption<String> INIT =
            key("init")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Weights to start from, such as the published ImageNet backbone; what"
                                    + " they lack, or have for other classes, starts anew."
                                    + " Default: all anew.");

    private static final ConfigOption<Boolean> RESUME =
            key("resume")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Go on with the training in --output.");

    private static final ConfigOption<Integer> ITERATIONS =
            key("iterations")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Stop after iteration N of the recipe's schedule, saved and resumable."
                                    + " Default: its end.");

    private static final ConfigOption<Double> MINUTES =
            key("minutes")
                    .doubleType()
                    .noDefaultValue()
                    .withDescription("Stop after M minutes, saved and resumable. Default: none.");

    private static final ConfigOption<Integer> THREADS =
            key("threads")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "Threads on a CPU, each of which learns from its part of a batch."
                                    + " Default: one per core.");

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String description() {
        return "Trains a network by a recipe.";
    }

    @Override
    public List<CliOption<?>> options() {
        return List.of(
                CliOption.text(RECIPE, "NAME|FILE"),
                CliOption.text(DATA, "DIR"),
                new CliOption<>(EXTRA, "DIR", true, texts -> texts),
                new CliOption<>(UNLABELLED, "DIR", true, texts -> texts),
                CliOption.text(OUTPUT, "DIR"),
                CliOption.text(INIT, "FILE"),
                CliOption.flag(RESUME),
                CliOption.integer(ITERATIONS, "N", 1),
                CliOption.number(MINUTES, "M", 0),
                NetworkOptions.cli(NetworkOptions.DEVICE),
                CliOption.integer(THREADS, "N", 1));
    }

    @Override
    public void run(Configuration options, PrintStream out) throws Exception {
        Recipe recipe = RecipeReader.read(CliOption.required(options, RECIPE));
        Path data = Path.of(CliOption.required(options, DATA));
        Path output = Path.of(CliOption.required(options, OUTPUT));
        StopRule stop =
                new StopRule(
                        recipe, options.get(ITERATIONS), options.get(MINUTES), System::nanoTime);
        if (options.get(RESUME)) {
            refuseInit(options.get(INIT));
        }
        TrainingTask task =
                TrainingTask.of(recipe, data, paths(options, EXTRA), paths(options, UNLABELLED));
        Trainer.Options trainerOptions = trainerOptions(options, task, out);
        TrainingReports reports = new TrainingReports(output, recipe, task.subject());
        String outcome;
        try (ProgressLine progress = ProgressLine.showing(reports::line);
                Termination termination = Termination.asking(stop::stop, PATIENCE);
                Trainer trainer = new Trainer(recipe, task, output, trainerOptions, reports)) {
            int before = trainer.iteration();
            reports.begin(before, facts(options, recipe, task.pictures(), trainer), stop);
            try (reports) {
                if (before < stop.last()) {
                    train(trainer, stop, reports);
                }
            }
            outcome = outcome(output, recipe, trainer.iteration(), reports.best());
        }
        out.println(outcome);
    }

    private static List<Path> paths(Configuration options, ConfigOption<List<String>> folders) {
        return options.get(folders).stream().map(Path::of).toList();
    }

    /** What cannot go on says so on its page, too. */
    private static void train(Trainer trainer, StopRule stop, TrainingReports reports)
            throws IOException, InterruptedException {
        try {
            trainer.run(() -> stop.isReached(trainer.iteration()));
        } catch (TrainingException e) {
            reports.failed(e.getMessage());
            throw e;
        }
    }

    private static void refuseInit(String init) {
        if (init != null) {
            throw new InputException(
                    "--init "
                            + init
                            + " and --resume exclude each other: a training goes on from its own"
                            + " weights");
        }
    }

    private static Trainer.Options trainerOptions(
            Configuration options, TrainingTask task, PrintStream out) {
        return new Trainer.Options(
                start(options, task, out),
                options.get(RESUME),
                options.get(NetworkOptions.DEVICE),
                options.get(THREADS));
    }

    private static Map<String, TensorData> start(
            Configuration options, TrainingTask task, PrintStream out) {
        String init = options.get(INIT);
        if (init == null) {
            return Map.of();
        }
        PretrainedWeights start = task.pretrainedWeights(Path.of(init));
        out.println("starts from " + init + ": " + start.describe());
        return start.tensors();
    }

    private static Map<String, String> facts(
            Configuration options, Recipe recipe, TrainingTask.Pictures pictures, Trainer trainer) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "learns from",
                count(pictures.training(), options.get(DATA)) + ": " + pictures.layout());
        if (pictures.extra() > 0 && recipe.task() instanceof SegmentationOptions segmentation) {
            facts.put(
                    "and from",
                    share(pictures.extra(), options.get(EXTRA), segmentation.extraShare()));
        }
        if (recipe.task() instanceof SegmentationOptions segmentation
                && segmentation.teacher() != null) {
            facts.put("taught by", segmentation.teacher().weights());
            if (pictures.unlabelled() > 0) {
                double share = segmentation.teacher().unlabelledShare();
                facts.put(
                        "without labels",
                        share(pictures.unlabelled(), options.get(UNLABELLED), share));
            }
        }
        facts.put("judged by", count(pictures.validation(), options.get(DATA)));
        facts.put(
                "starts from",
                trainer.iteration() > 0
                        ? "iteration " + trainer.iteration() + " of an earlier run"
                        : options.getOptional(INIT).orElse("new weights"));
        facts.put("runs on", trainer.machine());
        return facts;
    }

    private static String share(int pictures, List<String> folders, double share) {
        return count(pictures, String.join(", ", folders))
                + String.format(Locale.ROOT, ", %.0f %% of all", 100 * share);
    }

    private static String count(int pictures, String folder) {
        return String.format(Locale.ROOT, "%,d pictures of %s", pictures, folder);
    }

    private static String outcome(Path output, Recipe recipe, int done, String best) {
        int all = recipe.schedule().iterations();
        return recipe.name()
                + ": "
                + (done == all ? all + " iterations" : "stopped after " + done + " of " + all)
                + (done == all ? "" : " iterations, --resume goes on")
                + (best.isEmpty() ? "" : "; " + best + ": " + output.resolve("best.safetensors"));
    }
}
