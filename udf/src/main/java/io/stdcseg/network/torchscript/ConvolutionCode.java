// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution;

/** How a program spells a convolution with bias and activation. */
interface ConvolutionCode {

    /**
     * Adds lines and gives the name of the result.
     *
     * @param weight how the program names it
     * @param bias how the program names it, or {@code None}
     */
    String write(Program body, String x, Convolution layer, String weight, String bias);
}
