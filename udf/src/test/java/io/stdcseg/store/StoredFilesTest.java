// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.file.DurableFiles;
import io.stdcseg.testing.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to a store, as far as all of Flink's file systems are the same. */
class StoredFilesTest {

    @TempDir private Path behind;
    @TempDir private Path local;
    private Path store;

    @BeforeEach
    void open() {
        store = FolderStore.of(behind);
    }

    @Test
    void aFileOfTheMachineIsMovedToAStore() throws IOException {
        for (String content : new String[] {"first", "and the second"}) {
            Path finished = Files.writeString(local.resolve("draft"), content);

            DurableFiles.move(finished, store.resolve("a/b/file"));

            assertThat(behind.resolve("a/b/file")).hasContent(content);
            assertThat(local).isEmptyDirectory();
            assertThat(behind.resolve("a/b")).isDirectoryNotContaining("glob:**.*");
        }
    }

    @Test
    void aFileIsMovedInAStore() throws IOException {
        AtomicFile.write(store.resolve("one"), out -> out.write('1'));

        assertThatThrownBy(() -> DurableFiles.move(store.resolve("none"), store.resolve("b/one")))
                .isInstanceOf(NoSuchFileException.class);
        DurableFiles.move(store.resolve("one"), store.resolve("b/one"));

        assertThat(behind.resolve("b/one")).hasContent("1");
        assertThat(behind.resolve("one")).doesNotExist();
    }

    /** What was written of it must not be taken for all of it. */
    @Test
    void aFileWhoseContentFailsDoesNotAppear() throws IOException {
        Path file = store.resolve("report");
        AtomicFile.write(file, out -> out.write('1'));

        assertThatThrownBy(
                        () ->
                                AtomicFile.write(
                                        file,
                                        out -> {
                                            out.write('2');
                                            throw new IOException("no more");
                                        }))
                .hasMessage(file + ": cannot be written: no more");

        assertThat(behind.resolve("report")).hasContent("1");
        assertThat(behind).isDirectoryNotContaining("glob:**.*");
    }

    @Test
    void foldersAreDeletedWithAllThatIsInThem() throws IOException {
        AtomicFile.write(store.resolve("a/b/one"), out -> out.write('1'));
        AtomicFile.write(store.resolve("two"), out -> out.write('2'));

        StorePaths.deleteFolder(store.resolve("a"));
        StorePaths.deleteFolder(store.resolve("a"));

        assertThat(behind.resolve("a")).doesNotExist();
        assertThatThrownBy(() -> Files.delete(store.resolve("one")))
                .isInstanceOf(NoSuchFileException.class);
        Files.delete(store.resolve("two"));
        assertThat(behind).isEmptyDirectory();
    }
}
