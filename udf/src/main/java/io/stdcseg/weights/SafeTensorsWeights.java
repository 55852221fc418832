// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.network.ModelSpec;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights as {@code .safetensors}: the tensors of {@link Weights}, {@link WeightsMetadata}, {@link
 * RangesMetadata}, and under {@code source} and {@code sourceSha256} the file they were made from.
 */
final class SafeTensorsWeights {

    private SafeTensorsWeights() {}

    static void write(Weights weights, Path file, ElementType precision) throws IOException {
        if (precision != ElementType.F32 && precision != ElementType.F16) {
            throw new IllegalArgumentException(
                    "weights are written as F32 or F16, not " + precision);
        }
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        weights.tensors()
                .forEach(
                        (name, tensor) -> {
                            boolean norm = tensor.shape().length == 1;
                            tensors.put(name, tensor.to(norm ? ElementType.F32 : precision, name));
                        });
        Map<String, String> metadata = WeightsMetadata.of(weights).toTexts();
        metadata.put("source", String.valueOf(Path.of(weights.file()).getFileName()));
        metadata.put("sourceSha256", weights.sha256());
        metadata.putAll(RangesMetadata.write(weights.ranges()));
        SafeTensors.write(file, tensors, metadata);
    }

    /** The weights that {@code contents} hold; everything is checked against the network. */
    static Weights read(String file, String sha256, SafeTensors.Contents contents) {
        FileErrors errors = new FileErrors(file);
        WeightsMetadata metadata = WeightsMetadata.parse(contents.metadata(), errors);
        Map<String, TensorData> tensors = new LinkedHashMap<>(contents.tensors());
        ModelSpec spec = PublishedWeights.fit(tensors, errors);
        metadata.check(spec.variant(), spec.classes(), errors);
        tensors.forEach((name, tensor) -> PublishedWeights.finite(name, tensor, errors));
        return new Weights(
                spec,
                tensors,
                metadata.labels(),
                metadata.scale(),
                metadata.model(),
                file,
                sha256,
                RangesMetadata.read(contents.metadata(), tensors, errors));
    }
}
