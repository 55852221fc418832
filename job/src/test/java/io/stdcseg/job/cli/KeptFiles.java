// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The frames that a run kept. */
final class KeptFiles {

    private KeptFiles() {}

    /** All files of an output's {@code frames} by their paths in it, in hexadecimal digits. */
    static Map<String, String> of(Path output) throws IOException {
        Path root = output.resolve("frames");
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String content = HexFormat.of().formatHex(Files.readAllBytes(file));
                files.put(root.relativize(file).toString(), content);
            }
        }
        return files;
    }
}
