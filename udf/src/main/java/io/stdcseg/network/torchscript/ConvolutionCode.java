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

    /** Lines that declare what the object keeps beside its constants. */
    default String attributes() {
        return "";
    }

    /** Lines that compute it when the archive is loaded; empty if there is nothing. */
    default String preparation() {
        return "";
    }
}
