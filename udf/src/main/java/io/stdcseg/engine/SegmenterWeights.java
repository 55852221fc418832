// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.store.StorePaths;
import io.stdcseg.weights.PublishedModel;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import io.stdcseg.weights.Weights.Overrides;
import java.util.Optional;

/** Weights that {@link SegmenterOptions} name, read without loading anything native. */
public final class SegmenterWeights {

    private SegmenterWeights() {}

    /**
     * The weights, unless they are a TorchScript archive.
     *
     * @throws InputException if the file cannot be used
     */
    public static Weights read(SegmenterOptions options) {
        return options.weights() == null
                ? Weights.defaults(overrides(options))
                : Weights.read(StorePaths.path(options.weights()), overrides(options));
    }

    /** Weights of the model, which must be named, that have learned nothing. Reads no file. */
    public static Weights initial(SegmenterOptions options) {
        return Weights.initial(overrides(options));
    }

    /**
     * The model that chooses these of the weights that come with the project.
     *
     * @param sha256 of their file, in hexadecimal
     * @return empty if this build has no such file
     */
    public static Optional<String> modelOfDefaults(String sha256) {
        return Weights.modelOfDefaults(sha256).map(PublishedModel::label);
    }

    /** What the file says of itself if it is a TorchScript archive; empty if it is not. */
    public static Optional<TorchScriptFile> torchScript(SegmenterOptions options) {
        return options.weights() == null
                ? Optional.empty()
                : TorchScriptFile.read(StorePaths.path(options.weights()));
    }

    /** SHA-256 of the weights' file, in hexadecimal. */
    public static String sha256(SegmenterOptions options) {
        Optional<TorchScriptFile> script = torchScript(options);
        return script.isPresent() ? script.get().sha256() : read(options).sha256();
    }

    /**
     * Refuses weights whose network gives masks and no scores.
     *
     * @throws InputException if they are a TorchScript archive
     */
    public static void requireScores(SegmenterOptions options) {
        if (torchScript(options).isPresent()) {
            throw new InputException(
                    "weights "
                            + options.weights()
                            + " are TorchScript, which gives train ids alone; confidence needs"
                            + " .pth or .safetensors");
        }
    }

    /**
     * What the classes of an archive mean.
     *
     * @throws InputException if neither it nor the user says
     */
    public static LabelSet labels(TorchScriptFile archive, SegmenterOptions options) {
        LabelSet known = options.labels() == null ? archive.labels() : options.labels();
        if (known == null) {
            throw new InputException(
                    "weights "
                            + options.weights()
                            + " do not say what their classes mean; name a label set, as camvid or"
                            + " cityscapes");
        }
        return known;
    }

    /**
     * The same options with what the weights' file tells written out: what train ids mean, and what
     * only its name tells, so that a copy under another name means the same.
     *
     * @throws InputException if the file cannot be used
     */
    public static SegmenterOptions resolve(SegmenterOptions options) {
        return resolve(options, null);
    }

    /**
     * @param model of whose variant the weights must be; null for any
     */
    private static SegmenterOptions resolve(SegmenterOptions options, PublishedModel model) {
        Optional<TorchScriptFile> script = torchScript(options);
        if (script.isPresent()) {
            return options.withLabels(labels(script.get(), options));
        }
        Weights read = read(options);
        if (model != null) {
            model.requireVariantOf(read);
        }
        boolean published = PublishedModel.labels().contains(read.modelName());
        SegmenterOptions named = published ? options.withModel(read.modelName()) : options;
        boolean unscaled = options.scale() == null && options.scales().isEmpty();
        return (unscaled ? named.withScale(read.scale()) : named).withLabels(read.labels());
    }

    /**
     * Options for another file in the place of the weights that {@code given} name, resolved. Where
     * these are the project's, a model tells the variant alone, of the other file, too.
     *
     * @throws InputException if the file cannot be used
     */
    public static SegmenterOptions resolveInstead(SegmenterOptions given, String file) {
        SegmenterOptions named = given.withWeights(file);
        if (given.weights() != null || given.model() == null) {
            return resolve(named);
        }
        return resolve(named.withModel(null), PublishedModel.of(given.model()));
    }

    /** What the user says of the weights. */
    private static Overrides overrides(SegmenterOptions options) {
        String model = options.model();
        return new Overrides(
                model == null ? null : PublishedModel.of(model), options.labels(), options.scale());
    }
}
