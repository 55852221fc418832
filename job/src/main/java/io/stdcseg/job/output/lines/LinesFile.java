// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.lines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.file.DurableFiles;
import io.stdcseg.job.output.LineFormat;
import io.stdcseg.job.output.Scratch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** File of lines that is being written. */
final class LinesFile {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LineFormat format;
    private final Path file;
    private final Scratch scratch;
    private final Path draft;
    private final OutputStream unbuffered;
    private final OutputStream out;

    /** Null without a row, and where each line names its values. */
    private CsvLines csv;

    /**
     * @param scratch where it grows if it goes to a store
     */
    LinesFile(LineFormat format, Path file, Scratch scratch) throws IOException {
        this.format = format;
        DurableFiles.createFolders(file.toAbsolutePath().getParent());
        this.file = file;
        this.scratch = scratch;
        this.draft = scratch.draft(file);
        this.unbuffered = Files.newOutputStream(draft);
        this.out = new BufferedOutputStream(unbuffered);
    }

    /** Whether a row may follow: where a file names its columns once, one that has the same. */
    boolean takes(Object row) {
        return csv == null || csv.takes(MAPPER.valueToTree(row));
    }

    /**
     * Adds a line.
     *
     * @param row what Jackson writes, such as a map in the order of its keys
     */
    void add(Object row) throws IOException {
        if (format == LineFormat.JSONL) {
            write(MAPPER.writeValueAsString(row));
            return;
        }
        JsonNode tree = MAPPER.valueToTree(row);
        if (csv == null) {
            csv = new CsvLines(tree);
            write(csv.header());
        }
        write(CsvLines.line(tree));
    }

    private void write(String line) throws IOException {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
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
