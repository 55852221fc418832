// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stdcseg.error.InputException;
import io.stdcseg.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/** File of {@code --json}: complete or absent. */
final class JsonFile {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonFile() {}

    /** Writes {@code value} as Jackson sees it; names the file if that fails. */
    static void write(String file, Object value) {
        try {
            byte[] json = (MAPPER.writeValueAsString(value) + "\n").getBytes(UTF_8);
            AtomicFile.write(Path.of(file), out -> out.write(json));
        } catch (IOException e) {
            throw new InputException("--json " + e.getMessage(), e);
        }
    }
}
