// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.file;

import java.nio.file.Path;

/** Cache folder of a user by the XDG Base Directory rules: {@code ~/.cache/stdcseg}. */
public final class CacheFolder {

    private static final String NAME = "stdcseg";

    private CacheFolder() {}

    /** A folder of that name, which need not be there. */
    public static Path of(String name) {
        String home = System.getenv("XDG_CACHE_HOME");
        Path caches =
                home == null || home.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(home);
        return caches.resolve(NAME).resolve(name);
    }
}
