// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.lines;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.file.DurableFiles;
import io.stdcseg.job.output.Scratch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** File of JSON lines that is being written. */
final class LinesFile {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final Scratch scratch;
    private final Path draft;
    private final OutputStream unbuffered;
    private final OutputStream out;

    /**
     * @param scratch where it grows if it goes to a store
     */
    LinesFile(Path file, Scratch scratch) throws IOException {
        DurableFiles.createFolders(file.toAbsolutePath().getParent());
        this.file = file;
        this.scratch = scratch;
        this.draft = scratch.draft(file);
        this.unbuffered = Files.newOutputStream(draft);
        this.out = new BufferedOutputStream(unbuffered);
    }

    /**
     * Adds a line.
     *
     * @param row what Jackson writes, such as a map in the order of its keys
     */
    void add(Object row) throws IOException {
        byte[] line = (MAPPER.writeValueAsString(row) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            out.write(line);
        } catch (IOException e) {
            throw AtomicFile.unwritable(file, e);
        }
    }

    /** Finishes the file: it is there as it is, also if the machine stops. */
    void finish() throws IOException {
        try {
            out.close();
            scratch.finish(draft, file);
        } catch (IOException e) {
            throw AtomicFile.unwritable(file, e);
        }
    }

    /** Removes the file; what is not written yet never is, as the disk may be full. */
    void abandon() throws IOException {
        try (unbuffered) {
            Files.deleteIfExists(draft);
        }
    }
}
