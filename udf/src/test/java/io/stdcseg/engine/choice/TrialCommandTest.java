// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TrialCommandTest {

    @TempDir private Path folder;

    @Test
    void placesAreOnTheClassPathAsTheyAre() throws IOException {
        Path jar = Files.createFile(folder.resolve("job.jar"));

        assertThat(TrialCommand.entry(jar, folder)).isEqualTo(jar.toString());
    }

    /** As in the folder of a TaskManager that has no name of its own. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aPlaceThatTheClassPathWouldDivideIsLinked() throws IOException {
        Path blobs = Files.createDirectory(folder.resolve("tm_10.0.0.1:37609-b1fa9b"));
        Path jar = Files.createFile(blobs.resolve("job.jar"));

        String entry = TrialCommand.entry(jar, folder);

        assertThat(entry).doesNotContain(File.pathSeparator);
        assertThat(Path.of(entry)).isSymbolicLink();
        assertThat(Files.isSameFile(Path.of(entry), jar)).isTrue();
    }
}
