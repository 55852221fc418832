// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What an earlier run left in the output folder and this run's results would mix with: its score
 * and throughput lines, its summary and report. Videos and masks are replaced one by one, when
 * theirs are whole.
 */
public final class EarlierResults {

    private EarlierResults() {}

    /**
     * Makes the output folder and removes those files from it.
     *
     * @throws InputException if the folder cannot be made or changed
     */
    public static void remove(OutputFolder folder) {
        try {
            Files.createDirectories(folder.resolve(""));
            Files.deleteIfExists(folder.summary());
            Files.deleteIfExists(folder.report());
            for (Path lines : List.of(folder.scores(), folder.throughput())) {
                JsonLines.removeAll(lines);
            }
        } catch (IOException e) {
            throw new InputException(
                    "--output " + folder.root() + " cannot be written to: " + e.getMessage(), e);
        }
    }
}
