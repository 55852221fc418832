// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.error.InputException;
import io.stdcseg.network.Variant;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.TensorFile;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Weights that come with the project: on the class path, a file for each variant. A build may lack
 * some.
 */
final class DefaultWeights {

    private static final String FOLDER = "io/stdcseg/weights/";

    /** Of the network that runs where nobody names a model. */
    private static final Variant USUAL = Variant.STDC1;

    private final ClassLoader build;

    /**
     * @param build has the files
     */
    DefaultWeights(ClassLoader build) {
        this.build = build;
    }

    /**
     * The weights of the model's variant, or the usual ones. How a picture is resized, and what
     * they are called, they say themselves.
     *
     * @throws InputException if there are none of that variant
     */
    Weights read(Overrides overrides) {
        PublishedModel model = overrides.model();
        Variant variant = model == null ? USUAL : model.variant();
        byte[] content =
                content(variant)
                        .orElseThrow(
                                () ->
                                        new InputException(
                                                "this build has no weights for "
                                                        + variant.label()
                                                        + "; name a file with --weights"));
        Weights weights = WeightsReader.read(file(variant), content, overrides.withModel(null));
        if (model != null) {
            model.requireVariantOf(weights);
        }
        return weights;
    }

    /** The model that chooses the file of this digest; empty if there is no such file. */
    Optional<PublishedModel> modelOf(String sha256) {
        return Arrays.stream(Variant.values())
                .filter(
                        variant ->
                                content(variant)
                                        .map(TensorFile::sha256)
                                        .filter(sha256::equals)
                                        .isPresent())
                .map(variant -> PublishedModel.of(variant, false))
                .findFirst();
    }

    private Optional<byte[]> content(Variant variant) {
        String file = file(variant);
        try (InputStream in = build.getResourceAsStream(FOLDER + file)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new InputException(
                    "the default weights " + file + " cannot be read: " + FileErrors.oneLine(e), e);
        }
    }

    private static String file(Variant variant) {
        return switch (variant) {
            case STDC1 -> "default.safetensors";
            case STDC2 -> "stdc2.safetensors";
        };
    }
}
