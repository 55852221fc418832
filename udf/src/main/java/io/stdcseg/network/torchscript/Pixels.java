// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.TensorData;

/** Arithmetic on pictures (pictures, rows, columns, 3). */
final class Pixels {

    private Pixels() {}

    /**
     * Adds lines that compute {@code x * scale + shift} and gives the name of the result.
     *
     * @param scale of red, green and blue
     * @param shift of red, green and blue
     */
    static String scaled(
            Program body, Constants constants, String x, float[] scale, float[] shift) {
        String factors = constants.add(TensorData.of(scale, scale.length));
        String summands = constants.add(TensorData.of(shift, shift.length));
        // Whole rows of red, green, blue, so that the arithmetic runs over long stretches.
        String rows = body.let("torch.flatten(%s, 2)", x);
        String columns = body.let("torch.size(%s, 2)", x);
        String scaled =
                body.let(
                        "torch.addcmul(torch.repeat(%s, [%s]), %s, torch.repeat(%s, [%s]))",
                        summands, columns, rows, factors, columns);
        return body.let("torch.reshape(%s, torch.size(%s))", scaled, x);
    }
}
