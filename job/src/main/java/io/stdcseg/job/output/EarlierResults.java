// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/**
 * Results of an earlier run in the output folder that would be taken for this run's: its summary
 * and report, and lines and playlists that this run does not write; and what it left unfinished.
 * Those that this run does write, videos and masks are replaced by their writers.
 *
 * @param unwritten lines that this run does not write
 * @param unplayed names of the streams of which this run writes no playlist
 */
public record EarlierResults(OutputFolder folder, List<LinesFolder> unwritten, Set<String> unplayed)
        implements Serializable {

    public EarlierResults {
        unwritten = List.copyOf(unwritten);
        unplayed = Set.copyOf(unplayed);
    }

    /** The same where all streams have playlists, or no stream is known. */
    public EarlierResults(OutputFolder folder, List<LinesFolder> unwritten) {
        this(folder, unwritten, Set.of());
    }

    /**
     * Makes the output folder and removes those files from it; for a run that starts anew, while it
     * runs.
     *
     * @throws InputException if the folder cannot be made or changed
     */
    public void remove() {
        try {
            Files.createDirectories(folder.resolve(""));
            folder.removeOtherRuns();
            Files.deleteIfExists(folder.summary());
            Files.deleteIfExists(folder.report());
            for (LinesFolder lines : unwritten) {
                LinesFolder.remove(lines.all());
            }
            for (String stream : unplayed) {
                folder.removePlaylist(stream);
            }
        } catch (IOException e) {
            throw new InputException(
                    "--output " + folder.root() + " cannot be written to: " + e.getMessage(), e);
        }
    }
}
