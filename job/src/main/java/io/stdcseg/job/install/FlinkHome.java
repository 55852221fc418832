// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Flink home, a folder that holds a Flink 2.x: {@code lib} with its jars, {@code conf/config.yaml}.
 *
 * @param folder the Flink home
 * @param version as its jars name it, for example {@code 2.3.0}
 */
record FlinkHome(Path folder, String version) {

    /** A distribution has one jar of everything; a home put together from Maven has its parts. */
    private static final Pattern FLINK_JAR =
            Pattern.compile("flink-(?:dist|runtime)-(\\d+\\.\\d+[\\w.-]*)\\.jar");

    /**
     * @throws InputException if the folder is no Flink home, or of another major version than 2
     */
    static FlinkHome open(Path folder) {
        String version = version(folder.resolve("lib"));
        if (version == null) {
            throw new InputException(
                    folder + " is no Flink home: no flink-dist-2.x.jar in its lib folder");
        }
        if (!version.startsWith("2.")) {
            throw new InputException(folder + " holds Flink " + version + "; 2.x is allowed");
        }
        FlinkHome home = new FlinkHome(folder, version);
        if (!Files.isRegularFile(home.config())) {
            throw new InputException(folder + " is no Flink home: no conf/config.yaml");
        }
        return home;
    }

    Path lib() {
        return folder.resolve("lib");
    }

    /** The folder of a plugin of ours. */
    Path plugin() {
        return folder.resolve("plugins").resolve("stdc-job");
    }

    Path config() {
        return folder.resolve("conf").resolve("config.yaml");
    }

    private static String version(Path lib) {
        if (!Files.isDirectory(lib)) {
            return null;
        }
        try (Stream<Path> jars = Files.list(lib)) {
            List<String> names = jars.map(jar -> jar.getFileName().toString()).sorted().toList();
            for (String name : names) {
                Matcher jar = FLINK_JAR.matcher(name);
                if (jar.matches()) {
                    return jar.group(1);
                }
            }
            return null;
        } catch (IOException e) {
            throw new InputException(lib + " cannot be listed: " + e.getMessage(), e);
        }
    }
}
