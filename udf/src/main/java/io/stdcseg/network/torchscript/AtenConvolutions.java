// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.torchscript.ConvolutionCode.Geometry;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** ATen's convolutions, which every device has: a convolution, then its activation in place. */
final class AtenConvolutions implements ConvolutionCode {

    @Override
    public UnaryOperator<String> prepare(
            MethodCode body,
            String weight,
            String bias,
            Geometry geometry,
            Activation activation,
            String size) {
        return x -> {
            if (geometry.pointwise()) {
                String y =
                        String.format(
                                Locale.ROOT,
                                "torch.linear(%s, %s, %s)",
                                LayoutCode.channelsLast(x),
                                weight,
                                bias);
                return LayoutCode.channelsFirst(activate(y, activation));
            }
            String how = geometry.strideFirst();
            String y =
                    String.format(
                            Locale.ROOT, "torch.conv2d(%s, %s, %s, %s)", x, weight, bias, how);
            return activate(y, activation);
        };
    }

    private static String activate(String y, Activation activation) {
        return switch (activation) {
            case NONE -> y;
            case RELU -> "torch.relu_(" + y + ")";
            case SIGMOID -> "torch.sigmoid_(" + y + ")";
        };
    }

    @Override
    public boolean subPixel() {
        return false;
    }
}
