// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelNaming;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.training.augment.ClassificationAugmentation;
import io.stdcseg.training.augment.SegmentationAugmentation;
import io.stdcseg.training.augment.Variation;
import io.stdcseg.training.data.DatasetLayout;
import io.stdcseg.training.loss.ClassWeights;
import io.stdcseg.training.loss.LossOptions;
import io.stdcseg.training.loss.LossOptions.DetailRule;
import io.stdcseg.training.loss.TeacherOptions;
import io.stdcseg.training.optimise.LearningRateSchedule;
import io.stdcseg.training.optimise.LearningRateSchedule.Decay;
import io.stdcseg.training.optimise.OptimiserOptions;
import io.stdcseg.training.optimise.OptimiserOptions.Method;
import io.stdcseg.training.recipe.Recipe.TaskOptions;
import java.util.List;

/**
 * Reader of recipes: YAML files with a key for everything that a {@link Recipe} holds. A recipe may
 * name another one as its {@code base} and then needs to say only what differs.
 */
public final class RecipeReader {

    /** The tasks, as the key {@code task} names them. */
    private enum Kind {
        SEGMENTATION,
        CLASSIFICATION
    }

    private RecipeReader() {}

    /**
     * Reads a recipe that comes with the job by its name, such as {@code camvid-stdc1}, any other
     * from a file.
     *
     * @throws InputException if it cannot be read, a key is unknown or missing, or a value is not
     *     allowed; says which
     */
    public static Recipe read(String nameOrFile) {
        RecipeYaml source = RecipeYaml.of(nameOrFile);
        try {
            RecipeSection root = new RecipeSection("", source.tree());
            Recipe recipe = recipe(source.name(), root);
            root.expectNoMore();
            return recipe;
        } catch (InputException e) {
            throw new InputException("recipe " + nameOrFile + ": " + e.getMessage(), e);
        }
    }

    private static Recipe recipe(String name, RecipeSection root) {
        Kind kind = root.oneOf("task", List.of(Kind.values()));
        RecipeSection evaluation = root.section("evaluation");
        TaskOptions task =
                switch (kind) {
                    case SEGMENTATION -> segmentation(root, evaluation);
                    case CLASSIFICATION -> classification(root, evaluation);
                };
        Recipe recipe =
                new Recipe(
                        name,
                        root.oneOf("model", List.of(Variant.values())),
                        task,
                        root.wholeNumber("seed"),
                        root.integer("batch-size"),
                        root.section("optimiser", section -> optimiser(section, kind)),
                        root.section("schedule", RecipeReader::schedule),
                        root.number("average"),
                        root.oneOfOrAuto("precision", List.of(Precision.FP32, Precision.BF16)),
                        evaluation.integer("every"));
        evaluation.expectNoMore();
        return recipe;
    }

    private static SegmentationOptions segmentation(RecipeSection root, RecipeSection evaluation) {
        return new SegmentationOptions(
                LabelSet.of(root.text("label-set")),
                scale(root),
                root.number("extra-share"),
                root.section(
                        "augmentation",
                        section ->
                                segmentationAugmentation(
                                        section,
                                        root.optional(
                                                "variation",
                                                RecipeReader::variation,
                                                Variation.NONE))),
                root.section("loss", RecipeReader::loss),
                root.optional("teacher", RecipeReader::teacher, null),
                evaluation.numbers("scales"),
                root.optional("data", RecipeReader::data, DatasetLayout.USUAL));
    }

    private static DatasetLayout data(RecipeSection section) {
        return new DatasetLayout(
                split(section, "train"),
                split(section, "val"),
                new LabelNaming(
                        section.optionalText("picture-suffix"),
                        section.optionalText("label-suffix")));
    }

    private static DatasetLayout.Split split(RecipeSection section, String name) {
        return new DatasetLayout.Split(
                section.optionalText(name + "-images"),
                section.optionalText(name + "-labels"),
                section.optionalText(name + "-list"));
    }

    private static ClassificationOptions classification(
            RecipeSection root, RecipeSection evaluation) {
        RecipeSection loss = root.section("loss");
        ClassificationOptions options =
                new ClassificationOptions(
                        root.section("augmentation", RecipeReader::classificationAugmentation),
                        loss.number("smoothing"),
                        loss.number("dropout"),
                        evaluation.integer("shorter-side"));
        loss.expectNoMore();
        return options;
    }

    private static ClassificationAugmentation classificationAugmentation(RecipeSection section) {
        return new ClassificationAugmentation(
                section.integer("rows"),
                section.integer("columns"),
                section.numbers("areas"),
                section.numbers("shapes"),
                section.flag("flip"),
                section.number("brightness"),
                section.number("contrast"),
                section.number("saturation"));
    }

    private static InputScale scale(RecipeSection root) {
        if (root.has("scale") && root.has("height")) {
            throw new InputException("scale and height exclude each other; give one");
        }
        if (root.has("height")) {
            int height = root.integer("height");
            InputException.unless(height >= 32, "height", height, "32 or more");
            return InputScale.toHeight(height);
        }
        double factor = root.number("scale");
        InputException.unless(factor > 0 && factor <= 8, "scale", factor, "above 0, at most 8,");
        return InputScale.by(factor);
    }

    private static SegmentationAugmentation segmentationAugmentation(
            RecipeSection section, Variation variation) {
        return new SegmentationAugmentation(
                section.integer("rows"),
                section.integer("columns"),
                section.numbers("scales"),
                section.flag("flip"),
                section.number("brightness"),
                section.number("contrast"),
                section.number("saturation"),
                variation);
    }

    private static Variation variation(RecipeSection section) {
        return new Variation(
                section.number("roll", 0),
                section.number("distortion", 0),
                section.number("gamma", 0),
                section.number("temperature", 0),
                section.number("glare", 0),
                section.number("blur", 0),
                section.number("noise", 0),
                section.number("sharpness", 0),
                section.number("jpeg", 0),
                section.number("h264", 0),
                section.number("rare", 0),
                section.number("class-aware", 0));
    }

    private static TeacherOptions teacher(RecipeSection section) {
        return new TeacherOptions(
                section.text("weights"),
                section.number("temperature"),
                section.number("share"),
                section.number("unlabelled-share", 0),
                section.number("sure", 0));
    }

    private static LossOptions loss(RecipeSection section) {
        return new LossOptions(
                section.number("threshold"),
                section.number("hard-share"),
                section.isList("class-weights")
                        ? ClassWeights.of(section.numbers("class-weights"))
                        : ClassWeights.power(section.number("class-weights")),
                section.number("overlap"),
                section.integers("details"),
                section.oneOf("detail-target", List.of(DetailRule.values())));
    }

    /** Of a classifier all layers learn alike. */
    private static OptimiserOptions optimiser(RecipeSection section, Kind kind) {
        boolean heads = kind == Kind.SEGMENTATION;
        Method method = section.oneOf("method", List.of(Method.values()));
        return new OptimiserOptions(
                method,
                section.number("rate"),
                heads ? section.number("head-factor") : 1,
                method == Method.SGD ? section.number("momentum") : 0,
                section.number("weight-decay"),
                section.number("clip"),
                !heads || section.flag("backbone-norms"));
    }

    private static LearningRateSchedule schedule(RecipeSection section) {
        Decay decay = section.oneOf("fall", List.of(Decay.values()));
        return new LearningRateSchedule(
                section.integer("iterations"),
                section.integer("warm-up"),
                section.number("start"),
                decay,
                decay == Decay.POLY ? section.number("power") : 0);
    }
}
