// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * HLS playlist with fragmented MP4, as its file says.
 *
 * @param ended whether it says that nothing follows
 */
record Playlist(List<Entry> entries, boolean ended) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]XX");

    /**
     * Segment.
     *
     * @param header file that comes before it
     * @param seconds that it is shown
     * @param discontinuity whether it does not go on from the one before
     * @param shownAtMillis since 1970; -1 where nothing is said
     */
    record Entry(
            Path file, Path header, double seconds, boolean discontinuity, long shownAtMillis) {

        /** When each of its pictures is shown, in microseconds; fails at the first damage. */
        List<Long> decode() throws IOException {
            Path whole = Files.createTempFile("segment", ".mp4");
            try {
                try (OutputStream out = Files.newOutputStream(whole)) {
                    Files.copy(header, out);
                    Files.copy(file, out);
                }
                return Videos.micros(whole);
            } finally {
                Files.delete(whole);
            }
        }
    }

    static Playlist read(Path index) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Path header = null;
        double seconds = 0;
        boolean discontinuity = false;
        boolean ended = false;
        long shownAt = -1;
        for (String line : Files.readAllLines(index)) {
            String value = line.substring(line.indexOf(':') + 1);
            if (line.startsWith("#EXT-X-MAP:")) {
                header = index.resolveSibling(value.substring(5, value.lastIndexOf('"')));
            } else if (line.startsWith("#EXTINF:")) {
                seconds = Double.parseDouble(value.substring(0, value.indexOf(',')));
            } else if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) {
                shownAt = millis(value);
            } else if (line.equals("#EXT-X-DISCONTINUITY")) {
                discontinuity = true;
            } else if (line.equals("#EXT-X-ENDLIST")) {
                ended = true;
            } else if (!line.startsWith("#")) {
                Path file = index.resolveSibling(line);
                entries.add(new Entry(file, header, seconds, discontinuity, shownAt));
                discontinuity = false;
            }
        }
        return new Playlist(entries, ended);
    }

    private static long millis(String time) {
        return OffsetDateTime.parse(time.replace("Z", "+0000"), TIME).toInstant().toEpochMilli();
    }
}
