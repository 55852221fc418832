// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.file.DurableFiles;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.video.encode.FragmentedMp4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Segment of a video as a playlist's committer gets it: a file of its own, which nobody else
 * removes, and whose name says which header it has.
 */
public final class PlaylistSegment {

    private static final int DIGITS = 12;

    private PlaylistSegment() {}

    /**
     * Hands a segment over.
     *
     * @param shared whether somebody else needs the file, too
     */
    public static Committable.Segment of(
            Committable.Segment segment, OutputFolder folder, boolean shared) throws IOException {
        Path file = folder.resolve(segment.file());
        String name = baseName(segment.file()) + "-" + digest(new FragmentedMp4(file).header());
        String own =
                SegmentFolder.newFile(
                        folder, folder.playlistStaging(), segment.stream(), name + ".mp4");
        if (shared) {
            AtomicFile.writeDurably(folder.resolve(own), out -> Files.copy(file, out));
        } else {
            DurableFiles.move(file, folder.resolve(own));
        }
        return segment.in(own);
    }

    /** Name of a segment's file without its ending; no two segments ever have the same. */
    public static String baseName(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** Name that a playlist lists it by. */
    public static String listedName(String file) {
        return baseName(file) + ".m4s";
    }

    /** What tells the file's header from others; of a name that {@link #of} gave. */
    public static String header(String file) {
        String name = baseName(file);
        return name.substring(name.lastIndexOf('-') + 1);
    }

    private static String digest(byte[] header) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(header);
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
