// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.eager;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Mixed precision: the format that convolutions compute in. Parameters, norms' statistics, scores
 * and losses are fp32 all the same, and gradients come through as fp32.
 */
public interface ConvolutionPrecision {

    /** Single precision throughout. */
    ConvolutionPrecision FP32 =
            new ConvolutionPrecision() {
                @Override
                public NDArray narrow(NDArray floats, NDManager owner) {
                    return floats;
                }

                @Override
                public NDArray widen(NDArray numbers, NDManager owner) {
                    return numbers;
                }
            };

    /** Floats in this format; differentiable. What is new belongs to {@code owner}. */
    NDArray narrow(NDArray floats, NDManager owner);

    /** Numbers of this format as floats; differentiable. What is new belongs to {@code owner}. */
    NDArray widen(NDArray numbers, NDManager owner);
}
