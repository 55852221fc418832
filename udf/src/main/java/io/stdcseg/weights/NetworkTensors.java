// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.network.Variant;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.TensorData;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tensors of a network or of a backbone by their published names, whoever wrote them.
 *
 * @param tensors what the network inside a wrapper has, as Lightning and others put one around it
 * @param project that wrote them; only the published code has in-place norms
 */
record NetworkTensors(Map<String, TensorData> tensors, SourceProject project) {

    /** What mmsegmentation adds to each class; the published network adds nothing. */
    private static final String CLASS_BIAS = "conv_out.conv_out.bias";

    /**
     * Renames the tensors of a file; names that nobody is known to write stay as they are.
     *
     * @throws io.stdcseg.error.InputException if they are known to be of another network
     */
    static NetworkTensors of(Map<String, TensorData> given, FileErrors errors) {
        if (given.keySet().stream().anyMatch(name -> name.endsWith("._variance"))) {
            throw errors.because(
                    "it is of PaddleSeg, whose convolutions have biases, which this network has"
                            + " not");
        }
        for (SourceProject project : SourceProject.values()) {
            String wrapper = project.wrapper(given.keySet());
            if (wrapper != null) {
                return new NetworkTensors(rename(unwrap(given, wrapper), project), project);
            }
        }
        return new NetworkTensors(given, SourceProject.PUBLISHED);
    }

    private static Map<String, TensorData> unwrap(Map<String, TensorData> given, String wrapper) {
        if (wrapper.isEmpty()) {
            return given;
        }
        Map<String, TensorData> inside = new LinkedHashMap<>();
        given.forEach(
                (name, tensor) -> {
                    if (name.startsWith(wrapper)) {
                        inside.put(name.substring(wrapper.length()), tensor);
                    }
                });
        return inside;
    }

    private static Map<String, TensorData> rename(
            Map<String, TensorData> given, SourceProject project) {
        if (project == SourceProject.PUBLISHED) {
            return given;
        }
        Variant variant = project.variant(given);
        Map<String, TensorData> renamed = new LinkedHashMap<>();
        given.forEach(
                (name, tensor) ->
                        project.rename(name, variant).ifPresent(to -> renamed.put(to, tensor)));
        return renamed;
    }

    /** Whether the decoder's norms scale by more than their weights. */
    boolean hasInPlaceNorms() {
        return project == SourceProject.PUBLISHED;
    }

    /** Whether only the backbone is of use: classes are told apart by more than this network. */
    boolean hasForeignClassifier() {
        TensorData bias = tensors.get(CLASS_BIAS);
        if (bias == null) {
            return false;
        }
        float[] values = bias.toFloats();
        for (float value : values) {
            if (value != values[0]) {
                return true;
            }
        }
        return false;
    }

    /**
     * Without a bias that is the same for all classes, which no mask depends on.
     *
     * @throws io.stdcseg.error.InputException if it is another one for each
     */
    NetworkTensors withoutClassBias(FileErrors errors) {
        if (hasForeignClassifier()) {
            throw errors.because(
                    "it is of mmsegmentation and adds a bias to each class, which this network does"
                            + " not; train --init takes its backbone");
        }
        Map<String, TensorData> kept = new LinkedHashMap<>(tensors);
        kept.remove(CLASS_BIAS);
        return new NetworkTensors(kept, project);
    }

    /** The same without what is not of the backbone. */
    Map<String, TensorData> backbone() {
        Map<String, TensorData> kept = new LinkedHashMap<>(tensors);
        kept.keySet().removeIf(name -> !PublishedNames.isOfBackbone(name));
        return kept;
    }
}
