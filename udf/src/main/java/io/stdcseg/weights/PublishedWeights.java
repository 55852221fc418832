// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.label.LabelSet;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Variant;
import io.stdcseg.network.shape.StateDictLayout;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.TensorData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Weights taken from a state dictionary of the published code: second names and unused tensors
 * dropped, the decoder's gammas made plain, everything checked against the network's names and
 * shapes.
 *
 * @param spec the network it belongs to
 * @param tensors F32, under the published names; with the heads for training only if all of them
 *     are there
 */
record PublishedWeights(ModelSpec spec, Map<String, TensorData> tensors) {

    private static final int FEWEST_CLASSES = 2;

    static PublishedWeights of(NetworkTensors network, FileErrors errors) {
        Map<String, TensorData> used = new LinkedHashMap<>();
        network.tensors()
                .forEach(
                        (name, tensor) -> {
                            if (!PublishedNames.isUnused(name)) {
                                used.put(name, tensor);
                            }
                        });
        ModelSpec spec = fit(used, errors);
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        Set<String> inPlace =
                network.hasInPlaceNorms() ? StateDictLayout.inPlaceScales(spec) : Set.of();
        used.forEach(
                (name, tensor) -> {
                    TensorData floats = floats(name, tensor, errors);
                    tensors.put(name, inPlace.contains(name) ? gamma(floats) : floats);
                });
        return new PublishedWeights(spec, tensors);
    }

    /**
     * The network whose names and shapes these are.
     *
     * @param tensors without unused ones; loses its heads for training if some are missing
     */
    static ModelSpec fit(Map<String, TensorData> tensors, FileErrors errors) {
        TensorData classifier = tensors.get(PublishedNames.CLASSIFIER);
        Variant variant = PublishedNames.variant(tensors);
        boolean known = classifier != null && classifier.shape().length == 4;
        long classes = known ? classifier.shape()[0] : FEWEST_CLASSES;
        if (classes < FEWEST_CLASSES || classes >= LabelSet.IGNORE) {
            throw errors.because(
                    "it tells "
                            + classes
                            + " classes apart; "
                            + FEWEST_CLASSES
                            + " to "
                            + (LabelSet.IGNORE - 1)
                            + " are possible");
        }
        ModelSpec spec = new ModelSpec(variant, (int) classes);
        Map<String, long[]> expected = StateDictLayout.weights(spec);
        TensorMismatch mismatch = TensorMismatch.of(tensors, expected);
        if (!mismatch.isEmpty()) {
            throw errors.because(
                    "it does not fit "
                            + variant.label()
                            + (known ? " with " + classes + " classes" : "")
                            + ": "
                            + mismatch.describe());
        }
        if (tensors.size() < expected.size()) {
            tensors.keySet().removeIf(PublishedNames::isTrainingOnly);
        }
        return spec;
    }

    /** The tensor in single precision; refuses other numbers, and those that training lost. */
    static TensorData floats(String name, TensorData tensor, FileErrors errors) {
        return switch (tensor.type()) {
            case F64, F32, F16, BF16 -> finite(name, tensor.to(ElementType.F32), errors);
            default ->
                    throw errors.because(
                            "tensor "
                                    + name
                                    + " holds "
                                    + tensor.type()
                                    + "; weights are floating-point numbers");
        };
    }

    /** The tensor itself, unless it holds infinite numbers or none (NaN). */
    static TensorData finite(String name, TensorData tensor, FileErrors errors) {
        long elements = tensor.elements();
        for (int i = 0; i < elements; i++) {
            if (!Double.isFinite(tensor.get(i))) {
                throw errors.because(
                        "tensor "
                                + name
                                + " holds "
                                + tensor.get(i)
                                + ", as after a training that failed; finite numbers are needed");
            }
        }
        return tensor;
    }

    /** The decoder's in-place activated norms scale by |weight| and a little more. */
    private static TensorData gamma(TensorData weight) {
        float[] gamma = weight.toFloats();
        for (int i = 0; i < gamma.length; i++) {
            gamma[i] = Norm.scale(gamma[i]);
        }
        return TensorData.of(gamma, weight.shape());
    }
}
