// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.TensorFile;
import io.stdcseg.tensor.pytorch.PyTorchCheckpoint;
import io.stdcseg.tensor.pytorch.ZipArchive;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * TorchScript archive as far as it can be known without running it.
 *
 * @param model name, or null if the archive does not say
 * @param scale text, or null if the archive does not say
 * @param precision such as {@code bf16}, or null if the archive does not say
 * @param labels what its classes mean, or null if the archive does not say
 * @param spec its network, or null if the archive does not say
 * @param usualScale how weights that it was made of have pictures resized, or null if the archive
 *     does not say
 * @param pointwiseAsProducts whether it says that its 1x1 convolutions are products of matrices,
 *     which no processor chokes on
 * @param sha256 of the file, in hexadecimal
 */
public record TorchScriptFile(
        String model,
        String scale,
        String precision,
        LabelSet labels,
        ModelSpec spec,
        InputScale usualScale,
        boolean pointwiseAsProducts,
        String sha256) {

    /** The note with {@link WeightsMetadata} as JSON, {@code looks} and {@code precision}. */
    private static final String NOTE = "stdcseg.json";

    private static final String KEY_SCALES = "looks";
    private static final String KEY_PRECISION = "precision";
    private static final String KEY_POINTWISE = "pointwise";
    private static final String PRODUCTS = "products";
    private static final String MARK = "constants.pkl";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The file's description; empty if the file is something else. */
    public static Optional<TorchScriptFile> read(Path file) {
        TensorFile weights = TensorFile.read(file);
        ByteBuffer content = weights.content();
        if (!PyTorchCheckpoint.isZip(content)) {
            return Optional.empty();
        }
        FileErrors errors = new FileErrors(file.toString());
        ZipArchive zip = new ZipArchive(content, errors);
        Optional<String> mark =
                zip.names().stream().filter(name -> name.endsWith("/" + MARK)).findFirst();
        return mark.map(
                name -> {
                    String folder = name.substring(0, name.length() - MARK.length());
                    return describe(zip, folder + "extra/" + NOTE, weights.sha256(), errors);
                });
    }

    /**
     * Notes for an archive that is made of weights: {@link #read} gives back what they say.
     *
     * @param scales as reports show them
     * @param precision of the convolutions
     * @return texts by name, which libtorch calls extra files
     */
    public static Map<String, String> notes(Weights weights, String scales, Precision precision) {
        Map<String, String> texts = weights.metadata();
        texts.put(KEY_SCALES, scales);
        texts.put(KEY_PRECISION, precision.label());
        texts.put(KEY_POINTWISE, PRODUCTS);
        try {
            return Map.of(NOTE, JSON.writeValueAsString(texts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    private static TorchScriptFile describe(
            ZipArchive zip, String entry, String sha256, FileErrors errors) {
        if (!zip.names().contains(entry)) {
            return new TorchScriptFile(null, null, null, null, null, null, false, sha256);
        }
        Map<String, String> texts;
        try {
            texts =
                    JSON.readValue(
                            StandardCharsets.UTF_8.decode(zip.bytes(entry)).toString(),
                            new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw errors.because("its metadata is not JSON", e);
        }
        WeightsMetadata metadata = WeightsMetadata.parse(texts, errors);
        return new TorchScriptFile(
                metadata.model(),
                texts.get(KEY_SCALES),
                texts.get(KEY_PRECISION),
                metadata.labels(),
                new ModelSpec(metadata.variant(), metadata.classes()),
                metadata.scale(),
                PRODUCTS.equals(texts.get(KEY_POINTWISE)),
                sha256);
    }
}
