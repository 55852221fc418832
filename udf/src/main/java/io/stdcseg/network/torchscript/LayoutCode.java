// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.tensor.TensorData;

/** Code that changes the memory layout of maps, or computes on maps whose channels come last. */
final class LayoutCode {

    private LayoutCode() {}

    /** Maps (pictures, channels, rows, columns) with their channels last, where they lie anyway. */
    static String channelsLast(String maps) {
        return "torch.permute(" + maps + ", [0, 2, 3, 1])";
    }

    /** The way back from {@link #channelsLast}. */
    static String channelsFirst(String rows) {
        return "torch.permute(" + rows + ", [0, 3, 1, 2])";
    }

    /** How many pixels maps of a size (pictures, channels, rows, columns) have in all. */
    static String pixels(MethodCode body, String size) {
        String all = body.let(size);
        return body.let("torch.mul(torch.mul(%1$s[0], %1$s[2]), %1$s[3])", all);
    }

    /**
     * Adds lines that compute {@code x * scale + shift} of pictures (pictures, rows, columns, 3)
     * and gives the name of the result.
     *
     * @param scale of red, green and blue
     * @param shift of red, green and blue
     */
    static String scaled(
            MethodCode body,
            ModuleConstants constants,
            String x,
            TensorData scale,
            TensorData shift) {
        String factors = constants.add(scale);
        String summands = constants.add(shift);
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
