// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import io.stdcseg.training.augment.ClassificationAugmentation;
import io.stdcseg.training.augment.SegmentationAugmentation;
import io.stdcseg.training.augment.Variation;
import io.stdcseg.training.data.DatasetLayout;
import io.stdcseg.training.loss.ClassWeights;
import io.stdcseg.training.loss.LossOptions;
import io.stdcseg.training.loss.TeacherOptions;
import io.stdcseg.training.optimise.LearningRateSchedule;
import io.stdcseg.training.optimise.LearningRateSchedule.Decay;
import io.stdcseg.training.optimise.OptimiserOptions;
import io.stdcseg.training.optimise.OptimiserOptions.Method;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writer of recipes as YAML: every key with its value, wherever it came from. */
public final class RecipeWriter {

    private RecipeWriter() {}

    /** YAML that {@link RecipeReader} reads. */
    public static String write(Recipe recipe) {
        StringBuilder text = new StringBuilder();
        String group = "";
        for (Map.Entry<String, String> entry : values(recipe).entrySet()) {
            String key = entry.getKey();
            int dot = key.indexOf('.');
            if (dot >= 0 && !key.substring(0, dot).equals(group)) {
                group = key.substring(0, dot);
                text.append(group).append(":\n");
            }
            text.append(dot < 0 ? "" : "  ").append(key.substring(dot + 1));
            text.append(": ").append(entry.getValue()).append('\n');
        }
        return text.toString();
    }

    /** Keys such as {@code loss.threshold} with their values; keys of a group are neighbours. */
    public static Map<String, String> values(Recipe recipe) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean segments = recipe.task() instanceof SegmentationOptions;
        values.put("task", segments ? "segmentation" : "classification");
        values.put("model", recipe.variant().label());
        values.put("seed", Long.toString(recipe.seed()));
        values.put("batch-size", Integer.toString(recipe.batchSize()));
        values.put("average", plain(recipe.average()));
        values.put("precision", recipe.precision() == null ? "auto" : label(recipe.precision()));
        if (recipe.task() instanceof SegmentationOptions options) {
            segmentation(values, options);
            optimiser(values, recipe.optimiser());
            values.put("optimiser.head-factor", plain(recipe.optimiser().headFactor()));
            values.put(
                    "optimiser.backbone-norms",
                    Boolean.toString(recipe.optimiser().backboneNorms()));
            values.put("evaluation.scales", plain(options.evaluateScales()));
        } else if (recipe.task() instanceof ClassificationOptions options) {
            classification(values, options);
            optimiser(values, recipe.optimiser());
            values.put("evaluation.shorter-side", Integer.toString(options.shorterSide()));
        }
        values.put("evaluation.every", Integer.toString(recipe.evaluateEvery()));
        schedule(values, recipe.schedule());
        return values;
    }

    private static void segmentation(Map<String, String> values, SegmentationOptions options) {
        values.put("label-set", options.labels().name());
        if (options.scale().height() > 0) {
            values.put("height", Integer.toString(options.scale().height()));
        } else {
            values.put("scale", plain(options.scale().factor()));
        }
        values.put("extra-share", plain(options.extraShare()));
        augmentation(values, options.augmentation());
        variation(values, options.augmentation().variation());
        loss(values, options.loss());
        if (options.teacher() != null) {
            teacher(values, options.teacher());
        }
        data(values, options.data());
    }

    private static void classification(Map<String, String> values, ClassificationOptions options) {
        ClassificationAugmentation augmentation = options.augmentation();
        values.put("augmentation.brightness", plain(augmentation.brightness()));
        values.put("augmentation.contrast", plain(augmentation.contrast()));
        values.put("augmentation.saturation", plain(augmentation.saturation()));
        values.put("augmentation.flip", Boolean.toString(augmentation.flip()));
        values.put("augmentation.areas", plain(augmentation.areas()));
        values.put("augmentation.shapes", plain(augmentation.shapes()));
        values.put("augmentation.rows", Integer.toString(augmentation.rows()));
        values.put("augmentation.columns", Integer.toString(augmentation.columns()));
        values.put("loss.smoothing", plain(options.smoothing()));
        values.put("loss.dropout", plain(options.dropout()));
    }

    private static void augmentation(Map<String, String> values, SegmentationAugmentation options) {
        values.put("augmentation.brightness", plain(options.brightness()));
        values.put("augmentation.contrast", plain(options.contrast()));
        values.put("augmentation.saturation", plain(options.saturation()));
        values.put("augmentation.flip", Boolean.toString(options.flip()));
        values.put("augmentation.scales", plain(options.scales()));
        values.put("augmentation.rows", Integer.toString(options.rows()));
        values.put("augmentation.columns", Integer.toString(options.columns()));
    }

    /** What is left out of a recipe changes nothing. */
    private static void variation(Map<String, String> values, Variation variation) {
        if (!variation.equals(Variation.NONE)) {
            values.put("variation.roll", plain(variation.roll()));
            values.put("variation.distortion", plain(variation.distortion()));
            values.put("variation.gamma", plain(variation.gamma()));
            values.put("variation.temperature", plain(variation.temperature()));
            values.put("variation.glare", plain(variation.glare()));
            values.put("variation.blur", plain(variation.blur()));
            values.put("variation.noise", plain(variation.noise()));
            values.put("variation.sharpness", plain(variation.sharpness()));
            values.put("variation.jpeg", plain(variation.jpeg()));
            values.put("variation.h264", plain(variation.h264()));
            values.put("variation.rare", plain(variation.rare()));
            values.put("variation.class-aware", plain(variation.classAware()));
        }
    }

    private static void teacher(Map<String, String> values, TeacherOptions teacher) {
        text(values, "teacher.weights", teacher.weights());
        values.put("teacher.temperature", plain(teacher.temperature()));
        values.put("teacher.share", plain(teacher.share()));
        values.put("teacher.unlabelled-share", plain(teacher.unlabelledShare()));
        values.put("teacher.sure", plain(teacher.sure()));
    }

    private static void loss(Map<String, String> values, LossOptions options) {
        values.put("loss.threshold", plain(options.threshold()));
        values.put("loss.hard-share", plain(options.hardShare()));
        values.put("loss.class-weights", classWeights(options.classWeights()));
        values.put("loss.overlap", plain(options.overlap()));
        values.put("loss.details", options.details().toString());
        values.put("loss.detail-target", label(options.detailTarget()));
    }

    private static String classWeights(ClassWeights weights) {
        return weights.byTrainId().isEmpty() ? plain(weights.power()) : plain(weights.byTrainId());
    }

    private static void data(Map<String, String> values, DatasetLayout data) {
        split(values, "data.train-", data.train());
        split(values, "data.val-", data.val());
        text(values, "data.picture-suffix", data.naming().pictureSuffix());
        text(values, "data.label-suffix", data.naming().labelSuffix());
    }

    private static void split(
            Map<String, String> values, String prefix, DatasetLayout.Split split) {
        text(values, prefix + "images", split.images());
        text(values, prefix + "labels", split.labels());
        text(values, prefix + "list", split.list());
    }

    private static void text(Map<String, String> values, String key, String text) {
        if (text != null) {
            values.put(key, "'" + text.replace("'", "''") + "'");
        }
    }

    private static void optimiser(Map<String, String> values, OptimiserOptions options) {
        values.put("optimiser.method", label(options.method()));
        values.put("optimiser.rate", plain(options.rate()));
        if (options.method() == Method.SGD) {
            values.put("optimiser.momentum", plain(options.momentum()));
        }
        values.put("optimiser.weight-decay", plain(options.weightDecay()));
        values.put("optimiser.clip", plain(options.clip()));
    }

    private static void schedule(Map<String, String> values, LearningRateSchedule schedule) {
        values.put("schedule.iterations", Integer.toString(schedule.iterations()));
        values.put("schedule.warm-up", Integer.toString(schedule.warmUp()));
        values.put("schedule.start", plain(schedule.start()));
        values.put("schedule.fall", label(schedule.decay()));
        if (schedule.decay() == Decay.POLY) {
            values.put("schedule.power", plain(schedule.power()));
        }
    }

    private static String plain(List<Double> numbers) {
        return numbers.stream().map(RecipeWriter::plain).toList().toString();
    }

    private static String plain(double number) {
        return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
