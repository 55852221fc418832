// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.job.testing.Frames;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.testing.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

    @TempDir Path dir;

    @Test
    void everyJobStagesInAHiddenFolderOfItsOwn() {
        OutputFolder first = OutputFolder.of(dir);
        OutputFolder second = OutputFolder.of(dir);

        assertThat(first.staging()).startsWith(".staging-").isNotEqualTo(second.staging());
        assertThat(first.video("drive", "mp4")).isEqualTo(dir.resolve("drive.masked.mp4"));
        Frames frames = new Frames(new BufferPool(2, new CountingAllocator()));
        assertThat(first.mask(frames.frame("drive", 1234567)))
                .isEqualTo(dir.resolve("masks/drive/1234567.png"));
        assertThat(first.mask(frames.picture("pics", "town/b")))
                .isEqualTo(dir.resolve("masks/pics/town/b.png"));
    }

    @Test
    void removesAStagingFolderAndWhatAnEarlierRemovalLeft() throws IOException {
        OutputFolder folder = OutputFolder.of(dir);
        Path staged = folder.resolve(folder.newStaged("deep/segment.mp4"));
        Files.createDirectories(staged.getParent());
        Files.createFile(staged);
        Path halfRemoved = folder.resolve(folder.staging() + ".removed/segment.mp4");
        Files.createDirectories(halfRemoved.getParent());
        Files.createFile(halfRemoved);

        folder.removeStaging(folder.staging());
        folder.removeStaging(folder.staging());

        assertThat(dir).isEmptyDirectory();
    }

    /**
     * A store removes file by file: what is left in between must not be taken for a whole folder.
     */
    @Test
    void aStoredFolderIsMarkedWhileItIsRemoved() throws IOException {
        OutputFolder folder = OutputFolder.of(FolderStore.of(dir));
        Path staging = folder.resolve(folder.staging());
        AtomicFile.write(staging.resolve("drive/one.mp4"), out -> out.write(1));
        AtomicFile.write(staging.resolve("road/one.mp4"), out -> out.write(1));

        assertThat(folder.isRemoved(staging.resolve("drive"))).isFalse();
        Files.createFile(dir.resolve(folder.staging()).resolve("drive.removed"));
        assertThat(folder.isRemoved(staging.resolve("drive"))).isTrue();
        folder.removeStaging(folder.staging() + "/drive");

        assertThat(folder.isRemoved(staging.resolve("drive"))).isTrue();
        assertThat(folder.isRemoved(staging.resolve("road"))).isFalse();
        assertThat(dir.resolve(folder.staging())).isDirectoryNotContaining("glob:**drive*");
        folder.removeUnfinished();
        assertThat(dir).isEmptyDirectory();
    }
}
