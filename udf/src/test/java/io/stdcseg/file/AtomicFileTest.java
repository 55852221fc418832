// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void nameAFile() {
        file = folder.resolve("new/whole.txt");
    }

    @Test
    void makesFoldersAndReplacesWhatIsThere() throws IOException {
        AtomicFile.write(file, text("old"));
        AtomicFile.writeDurably(file, text("new"));

        assertThat(file).hasContent("new");
        assertThat(file.getParent().toFile().list()).containsExactly("whole.txt");
    }

    @Test
    void aFailureLeavesWhatWasThereAndNamesTheFile() throws IOException {
        AtomicFile.write(file, text("old"));

        assertThatThrownBy(
                        () ->
                                AtomicFile.write(
                                        file,
                                        out -> {
                                            out.write(new byte[100_000]);
                                            throw new IOException("No space left on device");
                                        }))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": cannot be written: No space left on device");

        assertThat(file).hasContent("old");
        assertThat(file.getParent().toFile().list()).containsExactly("whole.txt");
    }

    @Test
    void knowsWhatAKilledProcessLeft() throws IOException {
        AtomicFile.write(
                file,
                out -> {
                    String[] names = file.getParent().toFile().list();
                    assertThat(names).hasSize(1);
                    Path unfinished = Path.of(names[0]);
                    assertThat(AtomicFile.isUnfinished(unfinished, "whole.txt")).isTrue();
                    assertThat(AtomicFile.isUnfinished(unfinished, "hole.txt")).isFalse();
                    out.write(1);
                });

        assertThat(AtomicFile.isUnfinished(file, "whole.txt")).isFalse();
        assertThat(AtomicFile.isUnfinished(Path.of(".whole.txt." + UUID.randomUUID()), "whole.txt"))
                .isTrue();
    }

    @Test
    void aFolderInItsPlaceIsRefusedByName() throws IOException {
        Files.createDirectories(file.resolve("full"));

        assertThatThrownBy(() -> AtomicFile.write(file, text("new")))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": cannot be written: Is a directory");
        assertThat(file.getParent().toFile().list()).containsExactly("whole.txt");
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        AtomicFile.write(file, text("old"));
        Path below = file.resolve("folder/whole.txt");

        assertThatThrownBy(() -> AtomicFile.write(below, text("new")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(below + ": cannot be written: ")
                .hasMessageNotContaining("/.whole.txt.");
    }

    private static AtomicFile.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
