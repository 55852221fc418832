// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.job.cli.Stdc;
import io.stdcseg.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that somebody ends in the middle of its work. */
class TerminationITCase {

    private static final int SIGTERM = 128 + 15;

    @TempDir private Path folder;

    @Test
    void leavesNothingUnfinishedBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (WatchService watch = temporary.getFileSystem().newWatchService()) {
            Process process = start(temporary);
            try {
                awaitCluster(temporary, watch);
                process.destroy();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue()).isEqualTo(SIGTERM);
        }

        assertThat(names(temporary)).noneMatch(name -> name.startsWith("stdc-"));
    }

    private Process start(Path temporary) throws IOException {
        String pictures = SharedData.projectRoot().resolve("samples/labels").toString();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Djava.io.tmpdir=" + temporary,
                        "-Dai.djl.offline=true",
                        "-DOPT_OUT_TRACKING=true",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stdc.class.getName(),
                        "evaluate",
                        "--images",
                        pictures,
                        "--labels",
                        pictures));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** Returns when the job has begun: when something lies beside the lock of its folder. */
    private void awaitCluster(Path temporary, WatchService watch) throws Exception {
        Path cluster = awaitEntry(temporary, name -> name.startsWith("stdc-cluster"), watch);
        awaitEntry(cluster, name -> !name.equals(".in-use"), watch);
    }

    private Path awaitEntry(Path parent, Predicate<String> wanted, WatchService watch)
            throws Exception {
        parent.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        Optional<String> found;
        while ((found = names(parent).stream().filter(wanted).findFirst()).isEmpty()) {
            WatchKey key = watch.poll(60, TimeUnit.SECONDS);
            assertThat(key).as(Files.readString(folder.resolve("log"))).isNotNull();
            key.reset();
        }
        return parent.resolve(found.get());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
