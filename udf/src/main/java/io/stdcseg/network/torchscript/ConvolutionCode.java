// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution.Activation;
import java.util.function.UnaryOperator;

/** How a program spells a convolution with bias and activation. */
interface ConvolutionCode {

    /**
     * Adds the lines that a convolution needs before it.
     *
     * @param weight how the program names it: as published, or (outputs, inputs) where {@code
     *     geometry} is {@link ConvolutionGeometry#pointwise}
     * @param bias how the program names it, or {@code None}
     * @param size how the program names the size of the maps, (pictures, channels, rows, columns)
     * @return from the name of the maps to the convolution of them
     */
    UnaryOperator<String> prepare(
            MethodCode body,
            String weight,
            String bias,
            ConvolutionGeometry geometry,
            Activation activation,
            String size);

    /** Whether convolutions of repeated pixels go the short way: {@link SubPixelConvolution}. */
    boolean subPixel();
}
