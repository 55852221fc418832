// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Build that a process runs: what Maven wrote down when it made it.
 *
 * @param version of the project
 * @param commit of its sources, with {@code -dirty} behind it where they had been changed; empty
 *     where they were no checkout
 */
public record Build(String version, String commit) {

    private static final String FILE = "build.properties";

    /** The build of this process; its version is {@code unknown} where Maven did not make it. */
    public static Build ofProcess() {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream(FILE)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(properties);
    }

    static Build of(Properties properties) {
        String commit = properties.getProperty("commit", "");
        boolean dirty = properties.getProperty("dirty", "").equals("true");
        return new Build(
                properties.getProperty("version", "unknown"), dirty ? commit + "-dirty" : commit);
    }

    /** Version, and commit if there is one. */
    @Override
    public String toString() {
        return commit.isEmpty() ? version : version + ", commit " + commit;
    }
}
