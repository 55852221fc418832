// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM that keeps no notes for an archive. */
class ClassArchiveTest {

    private static final String FILE = "stdc.class.archive";

    @TempDir private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(FILE);
    }

    @Test
    void doesWithoutAnArchiveThatCannotBeWritten() {
        PrintStream out = System.out;
        System.setProperty(FILE, folder.resolve("classes.jsa").toString());

        ClassArchive.writeIfDue();

        assertThat(folder).isEmptyDirectory();
        assertThat(System.out).isSameAs(out);
    }

    @Test
    void doesWithoutAnArchiveThatHasNoFolder() {
        System.setProperty(FILE, folder.resolve("none/classes.jsa").toString());

        ClassArchive.writeIfDue();

        assertThat(folder).isEmptyDirectory();
    }
}
