// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

/**
 * Weights in the order in which oneDNN wants them for maps of one size: a list that a program takes
 * and, where it is empty, fills on its way. With weights in any other order oneDNN would arrange
 * them anew in every call.
 */
final class PackedWeights {

    /** How programs call the list. */
    static final String NAME = "packed";

    private final Program body;
    private int count;

    /** The list is a parameter of the method, or {@link #declare declared} in it. */
    PackedWeights(Program body) {
        this.body = body;
        body.line("fill = torch.eq(torch.len(" + NAME + "), 0)");
    }

    /** Begins a method with an empty list. */
    static void declare(Program body) {
        body.line(NAME + " = annotate(List[Tensor], [])");
    }

    /** Says how the program names what an expression has packed. */
    String add(String expression) {
        body.line("if fill:");
        body.line("  more = torch.append(" + NAME + ", " + expression + ")");
        return NAME + "[" + count++ + "]";
    }
}
