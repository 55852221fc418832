// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import ai.djl.ndarray.NDArray;

/**
 * Scalar operations on arrays that gradients are taken of: a product and a quotient with a number.
 *
 * <p>DJL's own methods (0.35.1) put the number into Java's memory and give it up at once, while
 * PyTorch keeps the address for the gradient: a garbage collection in between, and gradients are
 * multiplied by whatever lies there then. Here the number lives as long as the array's manager.
 */
final class ScalarOps {

    private ScalarOps() {}

    static NDArray multiply(NDArray array, double factor) {
        return array.mul(array.getManager().create((float) factor));
    }

    static NDArray divide(NDArray array, double divisor) {
        return array.div(array.getManager().create((float) divisor));
    }
}
