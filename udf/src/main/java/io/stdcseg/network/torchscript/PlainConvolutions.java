// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution.Activation;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What every device knows: a convolution, then its activation in place. */
final class PlainConvolutions implements ConvolutionCode {

    @Override
    public UnaryOperator<String> prepare(
            MethodCode body,
            String weight,
            String bias,
            ConvolutionGeometry geometry,
            Activation activation,
            String size) {
        return x -> {
            if (geometry.pointwise()) {
                String y =
                        String.format(
                                Locale.ROOT,
                                "torch.linear(%s, %s, %s)",
                                PixelCode.rows(x),
                                weight,
                                bias);
                return PixelCode.maps(activate(y, activation));
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
