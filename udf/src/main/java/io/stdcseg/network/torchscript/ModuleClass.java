// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

/** The one class of an archive, its methods added one by one, and the tensors they mention. */
final class ModuleClass implements ModuleProgram {

    private static final String SELF = "(self: __torch__." + CLASS;

    private final ModuleConstants constants = new ModuleConstants();
    private final StringBuilder methods = new StringBuilder();

    @Override
    public ModuleConstants constants() {
        return constants;
    }

    /** Adds a method. */
    void method(String name, String parameters, String type, MethodCode body) {
        methods.append("  def ")
                .append(name)
                .append(SELF)
                .append(", ")
                .append(parameters)
                .append(") -> ")
                .append(type)
                .append(":\n")
                .append(body.text());
    }

    @Override
    public String text() {
        return "class "
                + CLASS
                + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + methods;
    }
}
