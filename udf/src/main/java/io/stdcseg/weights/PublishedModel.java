// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.error.InputException;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Variant;
import java.util.Arrays;
import java.util.List;

/** The published networks: a variant and the scale of the Cityscapes pictures it was made for. */
public enum PublishedModel {
    STDC1_SEG50(Variant.STDC1, 50),
    STDC1_SEG75(Variant.STDC1, 75),
    STDC2_SEG50(Variant.STDC2, 50),
    STDC2_SEG75(Variant.STDC2, 75);

    private final Variant variant;
    private final int percent;

    PublishedModel(Variant variant, int percent) {
        this.variant = variant;
        this.percent = percent;
    }

    /**
     * The model users call {@code label}.
     *
     * @throws InputException if there is none
     */
    public static PublishedModel of(String label) {
        for (PublishedModel model : values()) {
            if (model.label().equals(label)) {
                return model;
            }
        }
        throw new InputException(
                "model '" + label + "' is unknown; allowed are " + String.join(", ", labels()));
    }

    /** What users call the models. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(PublishedModel::label).toList();
    }

    /** The model of that variant at half or three quarters of the size. */
    static PublishedModel of(Variant variant, boolean threeQuarters) {
        return switch (variant) {
            case STDC1 -> threeQuarters ? STDC1_SEG75 : STDC1_SEG50;
            case STDC2 -> threeQuarters ? STDC2_SEG75 : STDC2_SEG50;
        };
    }

    /** What users call it, such as {@code stdc1-seg50}. */
    public String label() {
        return variant.label() + "-seg" + percent;
    }

    public Variant variant() {
        return variant;
    }

    /**
     * Makes sure that weights are of this variant.
     *
     * @throws InputException if they are of another
     */
    public void requireVariantOf(Weights weights) {
        if (weights.spec().variant() != variant) {
            throw new InputException(
                    "model "
                            + label()
                            + " does not fit weights "
                            + weights.file()
                            + ", which hold "
                            + weights.spec().variant().label());
        }
    }

    /** How a picture is resized before the network. */
    public InputScale scale() {
        return InputScale.by(percent / 100.0);
    }
}
