// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution;

/** What every device knows: a convolution, then its activation in place. */
final class PlainConvolutions implements ConvolutionCode {

    @Override
    public String write(Program body, String x, Convolution layer, String weight, String bias) {
        int stride = layer.stride();
        int padding = layer.padding();
        String y =
                body.let(
                        "torch.conv2d(%s, %s, %s, [%d, %d], [%d, %d], [1, 1], %d)",
                        x, weight, bias, stride, stride, padding, padding, layer.groups());
        return switch (layer.activation()) {
            case NONE -> y;
            case RELU -> body.let("torch.relu_(%s)", y);
            case SIGMOID -> body.let("torch.sigmoid_(%s)", y);
        };
    }
}
