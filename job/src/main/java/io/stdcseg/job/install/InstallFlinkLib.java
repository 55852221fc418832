// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import io.stdcseg.file.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Installer of a Flink 2.x for {@code stdc-job.jar}: what {@code scripts/install-flink-lib} runs.
 *
 * <p>Native libraries belong to one class loader, so they go into the cluster's {@code lib}, once,
 * and not into the job's jar.
 */
public final class InstallFlinkLib {

    private InstallFlinkLib() {}

    /**
     * Fails with exit code 1 and one line.
     *
     * @param args the Flink home, our {@code config.yaml}, the jars as a class path
     */
    public static void main(String[] args) throws IOException {
        Thread.currentThread()
                .setUncaughtExceptionHandler(
                        (thread, error) ->
                                System.err.println("install-flink-lib: " + error.getMessage()));
        List<Path> jars = Arrays.stream(args[2].split(File.pathSeparator)).map(Path::of).toList();
        install(FlinkHome.open(Path.of(args[0])), Path.of(args[1]), jars, System.out);
    }

    /** Copies the jars, merges the configuration, and says what it did. */
    static void install(FlinkHome home, Path ourConfig, List<Path> jars, PrintStream out)
            throws IOException {
        FlinkConfig theirs = new FlinkConfig(Files.readString(home.config()));
        ConfigMerge.Result merged =
                ConfigMerge.merge(new FlinkConfig(Files.readString(ourConfig)), theirs);
        List<String> names = new NativeJars(home.lib()).install(jars);
        out.println("Flink " + home.version() + " in " + home.folder());
        out.println("lib: " + String.join(" ", names));
        if (merged.changes().isEmpty()) {
            out.println("conf/config.yaml: nothing to change");
            return;
        }
        write(home.config(), merged.config().toString());
        merged.changes().forEach(change -> out.println("conf/config.yaml: " + change));
        out.println("A running cluster must be restarted.");
    }

    /** The old file stays beside the new one. */
    private static void write(Path file, String text) throws IOException {
        Path backup = file.resolveSibling(file.getFileName() + ".before-stdc");
        if (Files.notExists(backup)) {
            Files.copy(file, backup);
        }
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
