// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

/** What an archive's object computes once, when it is loaded, and keeps beside its constants. */
final class Attributes {

    private final StringBuilder declarations = new StringBuilder();
    private final Program preparation = new Program();
    private int count;

    /** Keeps the tensor that an expression computes and says how the program names it. */
    String add(String expression) {
        String name = "w" + count++;
        declarations.append("  ").append(name).append(" : Tensor\n");
        preparation.line("self." + name + " = " + expression);
        return "self." + name;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Lines that declare them. */
    String declarations() {
        return declarations.toString();
    }

    /** Lines that compute them. */
    String preparation() {
        return preparation.text();
    }
}
