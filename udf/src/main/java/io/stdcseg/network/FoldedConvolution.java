// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.tensor.TensorData;
import java.util.Arrays;
import java.util.Map;

/**
 * Convolution into which its batch norm is folded, from running statistics; sums in double.
 *
 * @param weight of the shape of the convolution's
 * @param bias one per output channel; null if there is no norm
 */
public record FoldedConvolution(TensorData weight, TensorData bias) {

    /**
     * Folds one layer.
     *
     * @param weights plain tensors by published name
     * @throws IllegalArgumentException if one is missing or has another shape
     */
    public static FoldedConvolution of(Convolution layer, Map<String, TensorData> weights) {
        layer.require(weights);
        TensorData weight = weights.get(layer.weightName());
        long[] shape = {
            layer.outputs(), layer.inputs() / layer.groups(), layer.kernel(), layer.kernel()
        };
        float[] values = weight.toFloats();
        if (layer.normKind() == Norm.NONE) {
            return new FoldedConvolution(TensorData.of(values, shape), null);
        }
        TensorData gamma = weights.get(layer.norm() + ".weight");
        TensorData beta = weights.get(layer.norm() + ".bias");
        TensorData mean = weights.get(layer.norm() + ".running_mean");
        TensorData variance = weights.get(layer.norm() + ".running_var");
        float[] bias = new float[layer.outputs()];
        int filter = values.length / bias.length;
        for (int c = 0; c < bias.length; c++) {
            double scale = gamma.get(c) / Math.sqrt(variance.get(c) + Norm.EPSILON);
            for (int i = c * filter; i < (c + 1) * filter; i++) {
                values[i] = (float) (values[i] * scale);
            }
            bias[c] = (float) (beta.get(c) - mean.get(c) * scale);
        }
        return new FoldedConvolution(
                TensorData.of(values, shape), TensorData.of(bias, bias.length));
    }

    /** A depthwise convolution all of whose weights are the same, without a bias. */
    public static FoldedConvolution depthwise(int channels, int kernel, float weight) {
        float[] weights = new float[channels * kernel * kernel];
        Arrays.fill(weights, weight);
        return new FoldedConvolution(TensorData.of(weights, channels, 1, kernel, kernel), null);
    }

    /**
     * The weight of a 1x1 convolution of all inputs, (outputs, inputs): that of a product of
     * matrices.
     */
    public TensorData matrix() {
        long[] shape = weight.shape();
        return new TensorData(weight.type(), new long[] {shape[0], shape[1]}, weight.bytes());
    }

    /** Output channels. */
    public int outputs() {
        return Math.toIntExact(weight.shape()[0]);
    }
}
