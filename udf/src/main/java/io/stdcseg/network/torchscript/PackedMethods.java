// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import java.util.Locale;

/**
 * Methods of a module that take prepacked weights, where its target packs them, and their calls.
 *
 * @param packed whether weights are packed
 */
record PackedMethods(ScriptModule module, boolean packed) {

    private static final String LIST = PrepackedWeights.NAME;

    /** Adds a method from one tensor to one. */
    void add(String name, MethodCode body) {
        String parameters = packed ? "x: Tensor, " + LIST + ": List[Tensor]" : "x: Tensor";
        module.method(name, parameters, "Tensor", body);
    }

    /** Adds what {@link TorchScriptWriter#PACKING} promises of such a method. */
    void addPacking(String name) {
        MethodCode body = new MethodCode();
        PrepackedWeights.declare(body);
        body.line("return (" + call(name, "x", LIST) + ", " + LIST + ")");
        String type = "Tuple[Tensor, List[Tensor]]";
        module.method(name + TorchScriptWriter.PACKING, "x: Tensor", type, body);
    }

    /** A call of such a method. */
    String call(String name, String x, String weights) {
        return String.format(
                Locale.ROOT, "(self).%s(%s, %s)", name, x, packed ? weights + ", " : "");
    }
}
