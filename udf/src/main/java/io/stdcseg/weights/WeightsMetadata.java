// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Variant;
import io.stdcseg.tensor.FileErrors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Metadata of a weights file: what it says of itself, as texts by key.
 *
 * <p>{@code format} is {@value #FORMAT}; {@code model}, {@code variant} and {@code classes} say
 * which network; {@code scale} or {@code height} how pictures are resized; {@code labelSet} is the
 * label set's name, and {@code labels} the set itself unless it is the usual one for that many
 * classes.
 */
record WeightsMetadata(
        String model, Variant variant, int classes, InputScale scale, LabelSet labels) {

    static final String FORMAT = "stdcseg-1";

    private static final String KEY_FORMAT = "format";
    private static final String KEY_MODEL = "model";
    private static final String KEY_VARIANT = "variant";
    private static final String KEY_CLASSES = "classes";
    private static final String KEY_SCALE = "scale";
    private static final String KEY_HEIGHT = "height";
    private static final String KEY_LABEL_SET = "labelSet";
    private static final String KEY_LABELS = "labels";

    static boolean isIn(Map<String, String> texts) {
        return texts.getOrDefault(KEY_FORMAT, "").startsWith("stdcseg-");
    }

    static WeightsMetadata of(Weights weights) {
        return new WeightsMetadata(
                weights.modelName(),
                weights.spec().variant(),
                weights.spec().classes(),
                weights.scale(),
                weights.labels());
    }

    Map<String, String> toTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(KEY_FORMAT, FORMAT);
        texts.put(KEY_MODEL, model);
        texts.put(KEY_VARIANT, variant.label());
        texts.put(KEY_CLASSES, Integer.toString(classes));
        if (scale.height() > 0) {
            texts.put(KEY_HEIGHT, Integer.toString(scale.height()));
        } else {
            texts.put(KEY_SCALE, Double.toString(scale.factor()));
        }
        texts.put(KEY_LABEL_SET, labels.name());
        if (!LabelSet.ofSize(classes).equals(labels)) {
            texts.put(KEY_LABELS, LabelSetJson.write(labels));
        }
        return texts;
    }

    static WeightsMetadata parse(Map<String, String> texts, FileErrors errors) {
        Reader in = new Reader(texts, errors);
        in.expect(KEY_FORMAT, FORMAT);
        int classes = in.number(KEY_CLASSES);
        LabelSet labels;
        if (texts.containsKey(KEY_LABELS)) {
            labels = LabelSetJson.read(in.text(KEY_LABELS), errors);
        } else if (classes < LabelSet.IGNORE) {
            labels = LabelSet.ofSize(classes);
        } else {
            throw in.wrong(KEY_CLASSES, "1 to " + (LabelSet.IGNORE - 1));
        }
        in.expect(KEY_LABEL_SET, labels.name());
        in.expect(KEY_CLASSES, Integer.toString(labels.size()));
        return new WeightsMetadata(
                in.text(KEY_MODEL),
                in.variant(),
                classes,
                texts.containsKey(KEY_HEIGHT)
                        ? InputScale.toHeight(in.number(KEY_HEIGHT))
                        : InputScale.by(in.decimal(KEY_SCALE)),
                labels);
    }

    /** Refuses what contradicts the network that the tensors belong to. */
    void check(Variant actual, int actualClasses, FileErrors errors) {
        Reader in = new Reader(toTexts(), errors);
        in.expect(KEY_VARIANT, actual.label());
        in.expect(KEY_CLASSES, Integer.toString(actualClasses));
    }

    /** Texts that must be there and be what they should. */
    private record Reader(Map<String, String> texts, FileErrors errors) {

        String text(String key) {
            String text = texts.get(key);
            if (text == null) {
                throw errors.because("its metadata has no " + key);
            }
            return text;
        }

        void expect(String key, String value) {
            if (!text(key).equals(value)) {
                throw wrong(key, value);
            }
        }

        Variant variant() {
            return Arrays.stream(Variant.values())
                    .filter(variant -> variant.label().equals(text(KEY_VARIANT)))
                    .findFirst()
                    .orElseThrow(() -> wrong(KEY_VARIANT, "stdc1 or stdc2"));
        }

        int number(String key) {
            String text = text(key);
            if (!text.matches("[1-9]\\d{0,8}")) {
                throw wrong(key, "a whole number from 1");
            }
            return Integer.parseInt(text);
        }

        double decimal(String key) {
            String text = text(key);
            if (!text.matches("\\d{1,4}(\\.\\d{1,17})?") || Double.parseDouble(text) == 0) {
                throw wrong(key, "a number above 0");
            }
            return Double.parseDouble(text);
        }

        InputException wrong(String key, String allowed) {
            String value = FileErrors.quote(text(key));
            return errors.because("its metadata has " + key + " '" + value + "', not " + allowed);
        }
    }
}
