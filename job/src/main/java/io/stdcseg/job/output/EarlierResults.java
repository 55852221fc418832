// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.error.InputException;
import io.stdcseg.file.DurableFiles;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/**
 * Results of an earlier run in the output folder that would be taken for this run's: its summary
 * and report, its live page, and lines, playlists and kept frames that this run does not write; and
 * what it left unfinished. Those that this run does write, videos and masks are replaced by their
 * writers.
 *
 * @param unwritten lines that this run does not write
 * @param unplayed names of the streams of which this run writes no playlist
 * @param live whether this run writes the live page, and may be about to
 * @param frames whether it keeps frames, and may have
 */
public record EarlierResults(
        OutputFolder folder,
        List<LinesFolder> unwritten,
        Set<String> unplayed,
        boolean live,
        boolean frames)
        implements Serializable {

    public EarlierResults {
        unwritten = List.copyOf(unwritten);
        unplayed = Set.copyOf(unplayed);
    }

    /** Those of a run of which no stream is known, and no operator has started. */
    public EarlierResults(OutputFolder folder) {
        this(folder, List.of(), Set.of(), false, false);
    }

    /**
     * Makes the output folder and removes those files from it; for a run that starts anew, while it
     * runs.
     *
     * @throws InputException if the folder cannot be made or changed
     */
    public void remove() throws InterruptedException {
        try {
            DurableFiles.createFolders(folder.resolve(""));
            folder.removeOtherRuns();
            Files.deleteIfExists(folder.summary());
            Files.deleteIfExists(folder.report());
            if (!live) {
                Files.deleteIfExists(folder.livePage());
                Files.deleteIfExists(folder.liveStatus());
            }
            if (!frames) {
                PublishedFrames.remove(folder);
            }
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
