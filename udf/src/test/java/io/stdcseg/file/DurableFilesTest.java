// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.testing.ForcedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "folders cannot be forced there")
class DurableFilesTest {

    @TempDir private Path folder;

    @Test
    void movesContentFirstAndNamesAfterwards() throws IOException {
        Path finished = Files.writeString(folder.resolve("finished"), "new");
        Path target = folder.resolve("a/b/target");

        try (ForcedFiles forced = new ForcedFiles()) {
            DurableFiles.move(finished, target);

            assertThat(forced.stop())
                    .containsExactly(finished, folder, folder.resolve("a"), folder.resolve("a/b"));
        }
        assertThat(target).hasContent("new");
        assertThat(finished).doesNotExist();
    }

    @Test
    void foldersThatAreThereCostNothing() throws IOException {
        try (ForcedFiles forced = new ForcedFiles()) {
            DurableFiles.createFolders(folder);

            assertThat(forced.stop()).isEmpty();
        }
    }

    @Test
    void aWholeFileIsDurableWhereThatIsAsked() throws IOException {
        Path file = folder.resolve("whole.txt");

        try (ForcedFiles forced = new ForcedFiles()) {
            AtomicFile.writeDurably(file, out -> out.write(1));

            assertThat(forced.stop()).hasSize(2).last().isEqualTo(folder);
        }
    }
}
