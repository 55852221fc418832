// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.file.DurableFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Claim on a disk, whose file system lets one make a file and move it. */
record LockFile(Path path) implements ClaimFile {

    @Override
    public boolean create(String content) throws IOException {
        DurableFiles.createFolders(path.getParent());
        try {
            Files.writeString(path, content, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            // On a full disk there is a file without a name in it, for which the next job would
            // wait.
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Of several jobs that want to, one succeeds. */
    @Override
    public void remove(String content) throws IOException {
        Path aside = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
        try {
            if (!content.equals(read())) {
                return;
            }
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
            if (content.equals(Files.readString(aside))) {
                Files.delete(aside);
            } else {
                // Another job was faster, and has claimed the folder since.
                Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (NoSuchFileException e) {
            // Another task of this job was faster, and has cleaned up since, or another job has.
        }
    }
}
