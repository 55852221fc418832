// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.job.output.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/**
 * Pages of a playlist that keeps all of its stream: small files of lines that stand in it, each of
 * which names the page before it. State names the last one, and so does not grow with the stream. A
 * page is complete before any state names it, has a name that no other ever has, and never changes.
 */
final class PlaylistPages {

    private final OutputFolder folder;
    private final String stream;

    PlaylistPages(OutputFolder folder, String stream) {
        this.folder = folder;
        this.stream = stream;
    }

    /**
     * Writes a page.
     *
     * @param before the page before it; empty if there is none
     * @return the page, as a path below the output folder
     */
    String write(String before, String lines) throws IOException {
        String page =
                folder.playlistStaging() + "/" + stream + "/page-" + UUID.randomUUID() + ".m3u8";
        AtomicFile.writeDurably(
                folder.resolve(page), out -> out.write((before + "\n" + lines).getBytes(UTF_8)));
        return page;
    }

    /**
     * All lines up to a page's end.
     *
     * @param last empty for none
     */
    String read(String last) throws IOException {
        Deque<String> pages = new ArrayDeque<>();
        for (String page = last; !page.isEmpty(); ) {
            String text = Files.readString(folder.resolve(page));
            int lines = text.indexOf('\n') + 1;
            pages.addFirst(text.substring(lines));
            page = text.substring(0, lines - 1);
        }
        return String.join("", pages);
    }
}
