// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.file;

import java.nio.file.Path;

/** Where a user's machine keeps what may be made again: {@code ~/.cache/stdcseg} on Linux. */
public final class CacheFolder {

    private static final String NAME = "stdcseg";

    private CacheFolder() {}

    /** A folder of that name, which need not be there. */
    public static Path of(String name) {
        String named = System.getenv("XDG_CACHE_HOME");
        Path caches =
                named == null || named.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(named);
        return caches.resolve(NAME).resolve(name);
    }
}
