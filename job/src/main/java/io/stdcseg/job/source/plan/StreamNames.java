// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives every stream a name of its own. */
final class StreamNames {

    private final Set<String> taken = new HashSet<>();

    /** {@code wanted}, or {@code wanted-2}, {@code wanted-3}, ... if it is taken. */
    String unique(String wanted) {
        String base = wanted.isEmpty() ? "stream" : wanted;
        String name = base;
        // Names become file names, and some file systems ignore case.
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    /** A file's name without its ending. */
    static String stem(Path file) {
        String name = fileName(file);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    static String fileName(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
