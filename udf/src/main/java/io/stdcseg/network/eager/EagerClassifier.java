// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.eager;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.StdcBackbone;
import io.stdcseg.network.Variant;
import io.stdcseg.tensor.TensorData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Image classifier, the backbone with its classification head, on DJL arrays.
 *
 * <p>Parameters belong to the manager given at construction and are closed with it; everything
 * computed belongs to the manager of the image. Not for several threads while training.
 */
public final class EagerClassifier implements Trainable {

    private final StdcBackbone backbone;
    private final int classes;
    private final ConvolutionPrecision precision;
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();

    /**
     * Copies weights to the manager's device.
     *
     * @param weights by published name without prefix
     * @param precision in which convolutions compute
     */
    public EagerClassifier(
            Variant variant,
            int classes,
            Map<String, TensorData> weights,
            NDManager manager,
            ConvolutionPrecision precision) {
        this.backbone = new StdcBackbone(variant, "");
        this.classes = classes;
        this.precision = precision;
        weights.forEach(
                (name, tensor) ->
                        tensors.put(
                                name,
                                manager.create(tensor.toFloats(), new Shape(tensor.shape()))));
    }

    /**
     * Scores of the classes (pictures, classes), from running statistics.
     *
     * @param image normalised (pictures, 3, rows, columns)
     */
    public NDArray scores(NDArray image) {
        return scores(image, new EagerOps(tensors, precision, false));
    }

    /** The same while learning: norms use, and record, the statistics of these pictures. */
    public NDArray learn(NDArray image, Dropout dropout) {
        return scores(image, new EagerOps(tensors, precision, true, dropout));
    }

    private NDArray scores(NDArray image, EagerOps ops) {
        NDArray x = precision.narrow(image, image.getManager());
        NDArray scores = backbone.classify(ops, backbone.features(ops, x), classes);
        return scores.reshape(image.getShape().get(0), classes);
    }

    @Override
    public Map<String, NDArray> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    @Override
    public Map<String, TensorData> plain(Map<String, NDArray> like) {
        Map<String, TensorData> weights = new LinkedHashMap<>();
        like.forEach(
                (name, array) ->
                        weights.put(
                                name,
                                TensorData.of(array.toFloatArray(), array.getShape().getShape())));
        return weights;
    }
}
