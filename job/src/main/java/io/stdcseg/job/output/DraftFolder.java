// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.util.FileUtils;

/**
 * Folder of a task for files that are not finished, on a disk of this machine; gone when the task
 * is closed.
 */
public record DraftFolder(Path path) implements AutoCloseable {

    /**
     * Makes one, for a task that may write to the output folder.
     *
     * @param kind of the files, a part of its name
     * @param operator whose it is, being opened
     */
    public static DraftFolder open(
            OutputFolder folder, String kind, AbstractStreamOperator<?> operator)
            throws IOException, InterruptedException {
        LatestAttempt.of(operator.getRuntimeContext()).require();
        folder.join();
        String name = folder.newStaged(kind + "-" + UUID.randomUUID());
        Path path = Scratch.of(operator.getContainingTask()).draft(folder.resolve(name));
        DurableFiles.createFolders(path);
        return new DraftFolder(path);
    }

    @Override
    public void close() {
        CleanUp.attempt(() -> FileUtils.deleteDirectory(path.toFile()));
    }
}
