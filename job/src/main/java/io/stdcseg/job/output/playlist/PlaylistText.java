// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Text of media playlists, after RFC 8216. */
final class PlaylistText {

    static final String END = "#EXT-X-ENDLIST\n";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private PlaylistText() {}

    /** Name of the file with a header. */
    static String headerFile(String header) {
        return "init-" + header + ".mp4";
    }

    /**
     * The lines before the first segment.
     *
     * @param targetSeconds no segment is longer, rounded to whole seconds
     * @param segmentsBefore how many segments the playlist had that were removed
     * @param discontinuitiesBefore how many of those began with a discontinuity
     * @param grows whether segments are added and none removed
     */
    static String head(
            int targetSeconds, long segmentsBefore, long discontinuitiesBefore, boolean grows) {
        return "#EXTM3U\n"
                // 7: a header that goes with segments, in playlists of more than key frames.
                + "#EXT-X-VERSION:7\n"
                + "#EXT-X-INDEPENDENT-SEGMENTS\n"
                + ("#EXT-X-TARGETDURATION:" + targetSeconds + "\n")
                + ("#EXT-X-MEDIA-SEQUENCE:" + segmentsBefore + "\n")
                + (discontinuitiesBefore > 0
                        ? "#EXT-X-DISCONTINUITY-SEQUENCE:" + discontinuitiesBefore + "\n"
                        : "")
                + (grows ? "#EXT-X-PLAYLIST-TYPE:EVENT\n" : "");
    }

    /**
     * The segments' lines. Weights are named where others begin; players pass by what they do not
     * know.
     *
     * @param first whether no segment stands before them
     */
    static String entries(Collection<PlaylistEntry> entries, boolean first) {
        StringBuilder text = new StringBuilder();
        boolean needsHeader = first;
        String weights = null;
        for (PlaylistEntry entry : entries) {
            if (entry.discontinuity()) {
                text.append("#EXT-X-DISCONTINUITY\n");
            }
            if (needsHeader || entry.discontinuity()) {
                text.append("#EXT-X-MAP:URI=\"").append(headerFile(entry.header())).append("\"\n");
            }
            needsHeader = false;
            if (entry.shownAtMillis() >= 0) {
                text.append("#EXT-X-PROGRAM-DATE-TIME:")
                        .append(TIME.format(Instant.ofEpochMilli(entry.shownAtMillis())))
                        .append('\n');
            }
            if (entry.weights() != null && !entry.weights().equals(weights)) {
                weights = entry.weights();
                text.append("#EXT-X-STDC-WEIGHTS:").append(weights).append('\n');
            }
            text.append(String.format(Locale.ROOT, "#EXTINF:%.6f,\n", entry.seconds()))
                    .append(entry.file())
                    .append('\n');
        }
        return text.toString();
    }

    /** Names of the files that segments' lines name. */
    static Set<String> files(String entries) {
        Set<String> files = new HashSet<>();
        for (String line : entries.lines().toList()) {
            if (line.startsWith("#EXT-X-MAP:")) {
                files.add(line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')));
            } else if (!line.startsWith("#")) {
                files.add(line);
            }
        }
        return files;
    }
}
