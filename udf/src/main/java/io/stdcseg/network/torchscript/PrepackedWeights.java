// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import java.util.function.UnaryOperator;

/**
 * Weights prepacked in the order in which oneDNN wants them for maps of one size: a list that a
 * program takes and, where it is empty, fills on its way. With weights in any other order oneDNN
 * would arrange them anew in every call.
 */
final class PrepackedWeights {

    /** How programs call the list. */
    static final String NAME = "packed";

    private final MethodCode body;
    private int count;

    /** The list is a parameter of the method, or {@link #declare declared} in it. */
    PrepackedWeights(MethodCode body) {
        this.body = body;
        body.line("fill = torch.eq(torch.len(" + NAME + "), 0)");
    }

    /** Begins a method with an empty list. */
    static void declare(MethodCode body) {
        body.line(NAME + " = annotate(List[Tensor], [])");
    }

    /** Says how the program names what an expression has packed. */
    String add(String expression) {
        body.line("if fill:");
        body.line("  more = torch.append(" + NAME + ", " + expression + ")");
        return NAME + "[" + count++ + "]";
    }

    /**
     * The same where a trial shows that packing changes nothing; else the weight as it is.
     *
     * @param trial from weights to the result of some call with them
     */
    String addIfRight(String expression, String weight, UnaryOperator<String> trial) {
        body.line("if fill:");
        body.line("  ordered = " + expression);
        body.line("  found = " + trial.apply("ordered"));
        body.line("  right = torch.allclose(found, " + trial.apply(weight) + ", 0.01, 0.01)");
        body.line("  if right:");
        body.line("    more = torch.append(" + NAME + ", ordered)");
        body.line("  else:");
        body.line("    more = torch.append(" + NAME + ", " + weight + ")");
        return NAME + "[" + count++ + "]";
    }

    /**
     * Several lists of {@link PrepackedWeights} of one length in one list, one behind the other;
     * where that one is empty, so are they, and it grows by what they are filled with.
     */
    static final class PrepackedParts {

        private final MethodCode body;
        private int begun;

        /**
         * The list is a parameter of the method, or {@link PrepackedWeights#declare declared} in
         * it.
         */
        PrepackedParts(MethodCode body, int parts) {
            this.body = body;
            body.line("filled = torch.len(" + PrepackedWeights.NAME + ")");
            body.line("layers = torch.floordiv(filled, " + parts + ")");
        }

        /** Says how the program names the next part, which something else may fill. */
        String begin() {
            return body.let(
                    "torch.slice(%s, torch.mul(layers, %d), torch.mul(layers, %d), 1)",
                    PrepackedWeights.NAME, begun, ++begun);
        }

        /** To be called when a part is filled. */
        void end(String part) {
            body.line("if torch.eq(filled, 0):");
            body.line("  torch.extend(" + PrepackedWeights.NAME + ", " + part + ")");
        }
    }
}
