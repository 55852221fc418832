// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {

    @TempDir private Path parent;

    @Test
    void goesWithWhatItHolds() throws IOException {
        TemporaryFolder folder = TemporaryFolder.create(parent, "work");
        Files.writeString(folder.path().resolve("a"), "x");

        folder.close();
        folder.close();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatAKilledProcessLeftGoesWhenTheNextIsMade() throws IOException {
        Path abandoned = Files.createDirectories(parent.resolve("work1"));
        Files.createFile(abandoned.resolve(".in-use"));
        Files.writeString(abandoned.resolve("a"), "x");
        Path others = Files.createDirectories(parent.resolve("work2"));

        try (TemporaryFolder first = TemporaryFolder.create(parent, "work");
                TemporaryFolder second = TemporaryFolder.create(parent, "work");
                TemporaryFolder third = TemporaryFolder.create(parent, "work")) {
            assertThat(abandoned).doesNotExist();
            assertThat(others).exists();
            assertThat(first.path()).isNotEqualTo(second.path()).exists();
            assertThat(second.path()).exists();
            assertThat(third.path()).exists();
        }
        assertThat(parent).isDirectoryContaining("glob:**/work2");
    }

    @Test
    void aFolderOfALivingProcessStays() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holding.class.getName(),
                                parent.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            Path held = Path.of(process.inputReader().readLine());

            TemporaryFolder.create(parent, "work").close();
            assertThat(held).exists();

            process.destroyForcibly().waitFor();
            TemporaryFolder.create(parent, "work").close();
            assertThat(held).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A process that makes a folder, says which, and waits to be killed. */
    static final class Holding {

        public static void main(String[] args) throws Exception {
            TemporaryFolder folder = TemporaryFolder.create(Path.of(args[0]), "work");
            System.out.println(folder.path());
            Thread.currentThread().join();
        }
    }
}
