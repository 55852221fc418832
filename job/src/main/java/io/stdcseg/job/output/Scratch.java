// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.file.DurableFiles;
import io.stdcseg.file.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/**
 * Folder of this machine where files grow that go to a store: those are written there in one go,
 * and native code writes to the machine's own disks alone. What goes to such a disk grows in its
 * place.
 *
 * @param folder Flink's, which removes it with the process
 */
public record Scratch(Path folder) {

    /** That of the process that runs a task. */
    public static Scratch of(StreamTask<?, ?> task) {
        return new Scratch(
                task.getEnvironment().getTaskManagerInfo().getTmpWorkingDirectory().toPath());
    }

    /** Where a file, or a folder, grows until it is finished; always on a disk of this machine. */
    public Path draft(Path file) throws IOException {
        if (FileNames.isNative(file)) {
            return file;
        }
        Files.createDirectories(folder);
        return folder.resolve(UUID.randomUUID() + "-" + file.getFileName());
    }

    /**
     * Finishes a file: it is in its place, whatever happens to this machine.
     *
     * @param draft where it grew
     */
    public void finish(Path draft, Path file) throws IOException {
        if (draft.equals(file)) {
            DurableFiles.fsync(file);
            DurableFiles.fsyncFolder(file.toAbsolutePath().getParent());
        } else {
            DurableFiles.move(draft, file);
        }
    }
}
