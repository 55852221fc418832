// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import java.util.Locale;

/** Code of one method: its lines, with a fresh name for each value. */
final class MethodCode {

    private static final String INDENT = "    ";

    private final StringBuilder lines = new StringBuilder();
    private int values;

    /** Adds a line that computes a value, and gives the value's name. */
    String let(String format, Object... arguments) {
        String name = "v" + values++;
        line(name + " = " + String.format(Locale.ROOT, format, arguments));
        return name;
    }

    /** Adds a line as it is. */
    void line(String line) {
        lines.append(INDENT).append(line).append('\n');
    }

    /** The body of the method. */
    String text() {
        return lines.toString();
    }
}
