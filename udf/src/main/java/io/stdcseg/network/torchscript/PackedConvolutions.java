// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Activation;
import java.util.function.UnaryOperator;

/**
 * oneDNN's fused convolutions: activation applied while the result is in registers, weights packed
 * for the maps at hand.
 */
final class PackedConvolutions implements ConvolutionCode {

    private final PackedWeights packed;

    PackedConvolutions(PackedWeights packed) {
        this.packed = packed;
    }

    @Override
    public UnaryOperator<String> prepare(
            Program body,
            String weight,
            String bias,
            Geometry geometry,
            Activation activation,
            String size) {
        String how = geometry.paddingFirst();
        String arranged =
                packed.add(
                        String.format(
                                "ops.mkldnn._reorder_convolution_weight(%s, %s, %s)",
                                weight, how, size));
        String then =
                switch (activation) {
                    case NONE -> "none";
                    case RELU -> "relu";
                    case SIGMOID -> "sigmoid";
                };
        return x ->
                String.format(
                        "ops.mkldnn._convolution_pointwise(%s, %s, %s, %s, \"%s\","
                                + " annotate(List[Optional[number]], []), \"\")",
                        x, arranged, bias, how, then);
    }

    @Override
    public boolean subPixel() {
        return true;
    }
}
