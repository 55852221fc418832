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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Installer of a Flink 2.x for {@code stdc-job.jar}: what {@code scripts/install-flink-lib} runs.
 *
 * <p>Native libraries belong to one class loader, so they go into the cluster's {@code lib}, once,
 * and not into the job's jar.
 */
public final class InstallFlinkLib {

    /**
     * What is installed.
     *
     * @param config our {@code config.yaml}
     * @param nativeJars for {@code lib}
     * @param jobJar for {@code plugins}, where the JobManager finds what it tells of failures by
     */
    record Source(Path config, List<Path> nativeJars, Path jobJar) {}

    private InstallFlinkLib() {}

    /**
     * Fails with exit code 1 and one line.
     *
     * @param args the Flink home, our {@code config.yaml}, the native jars as a class path, the
     *     job's jar, perhaps {@code --dry-run}
     */
    public static void main(String[] args) throws IOException {
        Thread.currentThread()
                .setUncaughtExceptionHandler(
                        (thread, error) ->
                                System.err.println("install-flink-lib: " + error.getMessage()));
        List<Path> jars = Arrays.stream(args[2].split(File.pathSeparator)).map(Path::of).toList();
        boolean dryRun = args.length > 4 && args[4].equals("--dry-run");
        Source ours = new Source(Path.of(args[1]), jars, Path.of(args[3]));
        install(FlinkHome.open(Path.of(args[0])), ours, dryRun, System.out);
    }

    /**
     * Copies the jars, merges the configuration, and says what it did.
     *
     * @param dryRun whether to say only what it would do
     */
    static void install(FlinkHome home, Source ours, boolean dryRun, PrintStream out)
            throws IOException {
        FlinkConfig theirs = new FlinkConfig(Files.readString(home.config()));
        ConfigMerge.Result merged =
                ConfigMerge.merge(new FlinkConfig(Files.readString(ours.config())), theirs);
        out.println("Flink " + home.version() + " in " + home.folder());
        NativeJars lib = new NativeJars(home.lib());
        List<Path> jars = new ArrayList<>(ours.nativeJars());
        List<String> theirKafka = lib.kafka();
        boolean leftOut =
                !theirKafka.isEmpty() && jars.removeIf(jar -> jar.endsWith("stdc-kafka.jar"));
        out.println("lib: " + String.join(" ", NativeJars.names(jars)));
        if (leftOut) {
            out.println("lib: stdc-kafka.jar is left out beside " + String.join(" ", theirKafka));
        }
        out.println("plugins/stdc-job: " + ours.jobJar().getFileName());
        merged.changes().forEach(change -> out.println("conf/config.yaml: " + change));
        boolean same = merged.config().toString().equals(theirs.toString());
        if (same) {
            out.println("conf/config.yaml: nothing to change");
        }
        if (dryRun) {
            out.println("Nothing was changed, for this was a dry run.");
            return;
        }
        lib.install(jars);
        Files.createDirectories(home.plugin());
        NativeJars.copy(ours.jobJar(), home.plugin().resolve(ours.jobJar().getFileName()));
        if (!same) {
            Path backup = write(home.config(), merged.config().toString());
            out.println("conf/config.yaml: as it was it is in conf/" + backup.getFileName());
            out.println("A running cluster must be restarted.");
        }
    }

    /** The old file stays beside the new one, and so do older ones. */
    private static Path write(Path file, String text) throws IOException {
        String name = file.getFileName() + ".before-stdc";
        Path backup = file.resolveSibling(name);
        for (int i = 2; Files.exists(backup); i++) {
            backup = file.resolveSibling(name + "-" + i);
        }
        Files.copy(file, backup);
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        return backup;
    }
}
