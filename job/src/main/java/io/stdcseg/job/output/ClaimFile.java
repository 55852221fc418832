// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.file.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** File of which only one of several jobs can be the maker. */
interface ClaimFile {

    /**
     * A file on a disk or in a store.
     *
     * @param settling how long a store's jobs wait for each other
     */
    static ClaimFile of(Path path, Duration settling) {
        return FileNames.isNative(path) ? new LockFile(path) : new StoredClaim(path, settling);
    }

    Path path();

    /**
     * Makes the file unless there is one.
     *
     * @return whether it was made, and is this maker's
     */
    boolean create(String content) throws IOException, InterruptedException;

    /** Removes the file if it still has that content. */
    void remove(String content) throws IOException;

    /** What the file says, null if there is none. */
    default String read() throws IOException {
        try {
            return Files.readString(path());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Replaces what the file says. */
    default void write(String content) throws IOException {
        AtomicFile.write(path(), out -> out.write(content.getBytes(UTF_8)));
    }

    default void delete() throws IOException {
        Files.deleteIfExists(path());
    }
}
