// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import io.stdcseg.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Jars in a Flink's {@code lib} that load native code.
 *
 * <p>A list beside them says which ones came from here, so that another version of them replaces
 * the old ones, and nothing else is ever removed.
 */
final class NativeJars {

    private static final String LIST = "stdc-job.installed";

    private final Path lib;

    NativeJars(Path lib) {
        this.lib = lib;
    }

    /** Copies what is missing or different and removes what an earlier version left; the copies. */
    List<String> install(List<Path> jars) throws IOException {
        List<String> names = jars.stream().map(jar -> jar.getFileName().toString()).toList();
        Path list = lib.resolve(LIST);
        if (Files.exists(list)) {
            for (String old : Files.readAllLines(list)) {
                if (!names.contains(old)) {
                    Files.deleteIfExists(lib.resolve(old));
                }
            }
        }
        Files.write(list, names);
        for (Path jar : jars) {
            copy(jar, lib.resolve(jar.getFileName()));
        }
        return names;
    }

    private static void copy(Path jar, Path target) throws IOException {
        if (Files.exists(target) && Files.mismatch(jar, target) < 0) {
            return;
        }
        AtomicFile.write(target, out -> Files.copy(jar, out));
    }
}
