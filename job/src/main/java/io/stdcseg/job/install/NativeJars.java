// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import io.stdcseg.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Jars in a Flink's {@code lib} that load native code.
 *
 * <p>A list beside them says which ones came from here, so that another version of them replaces
 * the old ones, and nothing else is ever removed.
 */
final class NativeJars {

    private static final String LIST = "stdc-job.installed";

    private static final Pattern KAFKA =
            Pattern.compile("(?:flink.*-connector-kafka|kafka-clients).*\\.jar");

    private final Path lib;

    NativeJars(Path lib) {
        this.lib = lib;
    }

    /** What they are called in {@code lib}. */
    static List<String> names(List<Path> jars) {
        return jars.stream().map(jar -> jar.getFileName().toString()).toList();
    }

    /** Jars of somebody else's with Kafka's connector or clients, which may be there once. */
    List<String> kafka() throws IOException {
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> KAFKA.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }

    /** Copies what is missing or different and removes what an earlier version left. */
    void install(List<Path> jars) throws IOException {
        List<String> names = names(jars);
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
    }

    /** Copies a jar unless it is there. */
    static void copy(Path jar, Path target) throws IOException {
        if (Files.exists(target) && Files.mismatch(jar, target) < 0) {
            return;
        }
        AtomicFile.write(target, out -> Files.copy(jar, out));
    }
}
