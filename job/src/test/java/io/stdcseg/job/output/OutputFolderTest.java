// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.job.testing.Frames;
import io.stdcseg.testing.CountingAllocator;
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
}
