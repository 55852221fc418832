// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

/** End of a command that a signal asked for; the command has said what there is to say. */
final class Interruption extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Interruption(int exitCode) {
        super("ended by a signal");
        this.exitCode = exitCode;
    }

    /** What the process should exit with: 128 and the signal's number. */
    int exitCode() {
        return exitCode;
    }
}
