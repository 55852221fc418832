// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folder of real data beside the checkout, absent from most machines; tests that need it skip with
 * a message. Where it is known to be there, as in CI, {@code -Dstdc.shared.required=true} makes
 * them fail instead.
 */
public final class SharedData {

    private static final Path ROOT = projectRoot().resolveSibling("shared");

    private SharedData() {}

    /**
     * The file or folder {@code shared/relative}; the calling test is skipped where it is absent,
     * or fails.
     */
    public static Path require(String relative) {
        return require(relative, Boolean.getBoolean("stdc.shared.required"));
    }

    static Path require(String relative, boolean required) {
        Path path = ROOT.resolve(relative);
        boolean there = Files.exists(path);
        assertTrue(there || !required, "real data " + relative + " is required, but not there");
        assumeTrue(there, "skipped: real data " + relative + " is not beside the checkout");
        return path;
    }

    /** The folder that holds the modules. */
    public static Path projectRoot() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("udf"))) {
            here = here.getParent();
        }
        return here;
    }
}
