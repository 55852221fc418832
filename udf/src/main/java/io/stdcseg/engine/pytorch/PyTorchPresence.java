// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import io.stdcseg.error.InputException;

/** Finds out whether DJL is there before anything of it is touched. */
final class PyTorchPresence {

    private static final String ENGINE = "ai.djl.pytorch.engine.PtEngine";

    private PyTorchPresence() {}

    /** Fails with what to do if this process has no DJL, as a Flink that was not prepared. */
    static void check() {
        check(PyTorchPresence.class.getClassLoader());
    }

    static void check(ClassLoader loader) {
        try {
            Class.forName(ENGINE, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new InputException(
                    "DJL and PyTorch are not on this Flink's class path; run"
                            + " scripts/install-flink-lib FLINK_HOME and restart the cluster",
                    e);
        }
    }
}
