// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.frame.Rational;
import io.stdcseg.video.encode.FragmentedMp4;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Folder of a playlist: {@code index.m3u8}, headers, and media. A file is whole when it has its
 * name; only the playlist ever changes.
 */
record PlaylistFolder(Path path) {

    private static final String INDEX = "index.m3u8";

    boolean has(String file) {
        return Files.exists(path.resolve(file));
    }

    /**
     * Writes a segment's media and, unless it is there, its header.
     *
     * @param begin when its first picture is shown, in ticks of {@code timeBase}
     */
    void write(String file, String header, Path segment, long begin, Rational timeBase)
            throws IOException {
        FragmentedMp4 video = new FragmentedMp4(segment);
        if (!has(PlaylistText.headerFile(header))) {
            AtomicFile.writeDurably(
                    path.resolve(PlaylistText.headerFile(header)),
                    out -> out.write(video.header()));
        }
        AtomicFile.writeDurably(
                path.resolve(file), out -> video.copyFragments(begin, timeBase, out));
    }

    /** Replaces the playlist. */
    void writeIndex(String text) throws IOException {
        AtomicFile.writeDurably(path.resolve(INDEX), out -> out.write(text.getBytes(UTF_8)));
    }

    void delete(String file) throws IOException {
        Files.deleteIfExists(path.resolve(file));
    }

    /**
     * Removes what is not wanted: what earlier runs and attempts left.
     *
     * @param wanted names of files besides the playlist and headers that it names
     */
    void removeOthers(Set<String> wanted) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.equals(INDEX) && !wanted.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
