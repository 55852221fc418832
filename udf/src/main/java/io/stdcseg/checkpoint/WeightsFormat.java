// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.checkpoint;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.ElementType;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.TensorData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights as {@code .safetensors}: the tensors of {@link Weights}, and metadata of which every
 * value is text.
 *
 * <p>{@code format} is {@value #FORMAT}; {@code model}, {@code variant} and {@code classes} say
 * which network; {@code scale} or {@code height} how pictures are resized; {@code labelSet} is a
 * built-in set's name, or {@code labels} the set itself; {@code source} and {@code sourceSha256}
 * the file they were imported from.
 */
final class WeightsFormat {

    private static final String FORMAT = "stdcseg-1";

    private static final String KEY_FORMAT = "format";
    private static final String KEY_MODEL = "model";
    private static final String KEY_VARIANT = "variant";
    private static final String KEY_CLASSES = "classes";
    private static final String KEY_SCALE = "scale";
    private static final String KEY_HEIGHT = "height";
    private static final String KEY_LABEL_SET = "labelSet";
    private static final String KEY_LABELS = "labels";

    private WeightsFormat() {}

    static void write(Weights weights, Path file, ElementType precision) throws IOException {
        if (precision != ElementType.F32 && precision != ElementType.F16) {
            throw new IllegalArgumentException(
                    "weights are written as F32 or F16, not " + precision);
        }
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        weights.tensors()
                .forEach(
                        (name, tensor) ->
                                tensors.put(
                                        name,
                                        tensor.to(
                                                tensor.shape().length > 1
                                                        ? precision
                                                        : ElementType.F32)));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(KEY_FORMAT, FORMAT);
        metadata.put(KEY_MODEL, weights.modelName());
        metadata.put(KEY_VARIANT, weights.spec().variant().label());
        metadata.put(KEY_CLASSES, Integer.toString(weights.spec().classes()));
        InputScale scale = weights.scale();
        if (scale.height() > 0) {
            metadata.put(KEY_HEIGHT, Integer.toString(scale.height()));
        } else {
            metadata.put(KEY_SCALE, Double.toString(scale.factor()));
        }
        metadata.put(KEY_LABEL_SET, weights.labels().name());
        if (!LabelSet.ofSize(weights.labels().size()).equals(weights.labels())) {
            metadata.put(KEY_LABELS, LabelSetJson.write(weights.labels()));
        }
        metadata.put("source", String.valueOf(Path.of(weights.file()).getFileName()));
        metadata.put("sourceSha256", weights.sha256());
        SafeTensors.write(file, tensors, metadata);
    }

    static boolean isOurs(Map<String, String> metadata) {
        return metadata.getOrDefault(KEY_FORMAT, "").startsWith("stdcseg-");
    }

    /** The weights that {@code contents} hold; everything is checked against the network. */
    static Weights read(String file, String sha256, SafeTensors.Contents contents) {
        Refusal refusal = new Refusal(file);
        Metadata metadata = new Metadata(contents.metadata(), refusal);
        if (!metadata.text(KEY_FORMAT).equals(FORMAT)) {
            throw metadata.wrong(KEY_FORMAT, FORMAT);
        }
        Map<String, TensorData> tensors = new LinkedHashMap<>(contents.tensors());
        ModelSpec spec = PublishedWeights.fit(tensors, refusal);
        String variant = spec.variant().label();
        if (!metadata.text(KEY_VARIANT).equals(variant)) {
            throw metadata.wrong(KEY_VARIANT, variant);
        }
        if (metadata.number(KEY_CLASSES) != spec.classes()) {
            throw metadata.wrong(KEY_CLASSES, Integer.toString(spec.classes()));
        }
        InputScale scale;
        if (metadata.has(KEY_HEIGHT)) {
            scale = InputScale.toHeight(metadata.number(KEY_HEIGHT));
        } else {
            scale = InputScale.by(metadata.decimal(KEY_SCALE));
        }
        LabelSet labels =
                metadata.has(KEY_LABELS)
                        ? LabelSetJson.read(metadata.text(KEY_LABELS), refusal)
                        : LabelSet.ofSize(spec.classes());
        if (!labels.name().equals(metadata.text(KEY_LABEL_SET))) {
            throw metadata.wrong(KEY_LABEL_SET, labels.name());
        }
        return new Weights(spec, tensors, labels, scale, metadata.text(KEY_MODEL), file, sha256);
    }

    /** Metadata whose values must be there and be what they should. */
    private record Metadata(Map<String, String> texts, Refusal refusal) {

        boolean has(String key) {
            return texts.containsKey(key);
        }

        String text(String key) {
            String text = texts.get(key);
            if (text == null) {
                throw refusal.because("its metadata has no " + key);
            }
            return text;
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
            return refusal.because(
                    "its metadata has " + key + " '" + Quote.of(text(key)) + "', not " + allowed);
        }
    }
}
