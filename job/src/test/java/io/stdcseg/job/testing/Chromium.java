// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;

/** The browser that tests look at pages with. */
public final class Chromium {

    private Chromium() {}

    /** The program; skips the test, and says so, where this machine has none. */
    public static Path require() {
        Optional<Path> program = Browser.find();
        if (program.isEmpty()) {
            System.err.println("skipped: this machine has no Chromium to show a page with");
        }
        assumeTrue(program.isPresent(), "there is no Chromium");
        return program.get();
    }
}
