// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution;
import java.util.Locale;

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
    public String write(Program body, String x, Convolution layer, String weight, String bias) {
        String geometry =
                String.format(
                        Locale.ROOT,
                        "[%1$d, %1$d], [%2$d, %2$d], [1, 1], %3$d",
                        layer.padding(),
                        layer.stride(),
                        layer.groups());
        String arranged =
                packed.add(
                        String.format(
                                "ops.mkldnn._reorder_convolution_weight(%s, %s, torch.size(%s))",
                                weight, geometry, x));
        String activation =
                switch (layer.activation()) {
                    case NONE -> "none";
                    case RELU -> "relu";
                    case SIGMOID -> "sigmoid";
                };
        return body.let(
                "ops.mkldnn._convolution_pointwise(%s, %s, %s, %s, \"%s\","
                        + " annotate(List[Optional[number]], []), \"\")",
                x, arranged, bias, geometry, activation);
    }
}
