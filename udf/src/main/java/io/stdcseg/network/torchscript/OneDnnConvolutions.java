// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.torchscript.ConvolutionCode.Geometry;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * oneDNN's fused convolutions: activation applied while the result is in registers, weights packed
 * for the maps at hand.
 */
final class OneDnnConvolutions implements ConvolutionCode {

    private final PrepackedWeights packed;

    OneDnnConvolutions(PrepackedWeights packed) {
        this.packed = packed;
    }

    @Override
    public UnaryOperator<String> prepare(
            MethodCode body,
            String weight,
            String bias,
            Geometry geometry,
            Activation activation,
            String size) {
        if (geometry.pointwise()) {
            return product(body, weight, bias, activation, size);
        }
        String how = geometry.paddingFirst();
        String arranged =
                packed.add(
                        String.format(
                                Locale.ROOT,
                                "ops.mkldnn._reorder_convolution_weight(%s, %s, %s)",
                                weight,
                                how,
                                size));
        return x ->
                String.format(
                        Locale.ROOT,
                        "ops.mkldnn._convolution_pointwise(%s, %s, %s, %s, %s)",
                        x,
                        arranged,
                        bias,
                        how,
                        then(activation));
    }

    /**
     * A product of matrices. On some processors oneDNN 3.7 arranges weights in blocks of 48 outputs
     * and takes a part of them for others: what it arranges has to give the sums of each output's
     * weights.
     */
    private UnaryOperator<String> product(
            MethodCode body, String weight, String bias, Activation activation, String size) {
        String pixels = LayoutCode.pixels(body, size);
        String inputs = "torch.size(" + weight + ", 1)";
        String ones =
                "torch.ones(["
                        + pixels
                        + ", "
                        + inputs
                        + "], dtype=ops.prim.dtype("
                        + weight
                        + "))";
        String arranged =
                packed.addIfRight(
                        String.format(
                                Locale.ROOT,
                                "ops.mkldnn._reorder_linear_weight(%s, %s)",
                                weight,
                                pixels),
                        weight,
                        tried -> product(ones, tried, "None", Activation.NONE));
        return x ->
                LayoutCode.channelsFirst(
                        product(LayoutCode.channelsLast(x), arranged, bias, activation));
    }

    private static String product(String x, String weight, String bias, Activation activation) {
        return String.format(
                Locale.ROOT,
                "ops.mkldnn._linear_pointwise(%s, %s, %s, %s)",
                x,
                weight,
                bias,
                then(activation));
    }

    /** What oneDNN does to a result before it writes it. */
    private static String then(Activation activation) {
        String name =
                switch (activation) {
                    case NONE -> "none";
                    case RELU -> "relu";
                    case SIGMOID -> "sigmoid";
                };
        return "\"" + name + "\", annotate(List[Optional[number]], []), \"\"";
    }

    @Override
    public boolean subPixel() {
        return true;
    }
}
