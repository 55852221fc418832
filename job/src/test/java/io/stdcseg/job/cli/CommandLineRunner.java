// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs commands as {@code main} does, but for the end of the JVM. */
final class CommandLineRunner {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** The command's exit code. */
    int run(String... args) {
        return new Stdc(stream(out), stream(err)).run(args);
    }

    /** What went to the standard output so far. */
    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What went to the standard error so far. */
    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
