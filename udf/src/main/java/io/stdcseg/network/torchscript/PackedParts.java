// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

/**
 * Several lists of {@link PackedWeights} of one length in one list, one behind the other; where
 * that one is empty, so are they, and it grows by what they are filled with.
 */
final class PackedParts {

    private final Program body;
    private int begun;

    /** The list is a parameter of the method, or {@link PackedWeights#declare declared} in it. */
    PackedParts(Program body, int parts) {
        this.body = body;
        body.line("filled = torch.len(" + PackedWeights.NAME + ")");
        body.line("layers = torch.floordiv(filled, " + parts + ")");
    }

    /** Says how the program names the next part, which something else may fill. */
    String begin() {
        return body.let(
                "torch.slice(%s, torch.mul(layers, %d), torch.mul(layers, %d), 1)",
                PackedWeights.NAME, begun, ++begun);
    }

    /** To be called when a part is filled. */
    void end(String part) {
        body.line("if torch.eq(filled, 0):");
        body.line("  torch.extend(" + PackedWeights.NAME + ", " + part + ")");
    }
}
