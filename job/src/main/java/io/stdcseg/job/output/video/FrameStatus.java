// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.frame.Frame;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a legend says of a frame: its number, its time, and how fast frames come. */
final class FrameStatus {

    /** Where a stream's time is later it counts from 1970, as that of live streams does. */
    private static final double LONGEST_FILE_SECONDS = 1e8;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private FrameStatus() {}

    /**
     * The line.
     *
     * @param framesPerSecond NaN where that is not known yet
     */
    static String of(Frame frame, double framesPerSecond) {
        String rate =
                Double.isNaN(framesPerSecond)
                        ? ""
                        : String.format(Locale.ROOT, "  %.1f frames/s", framesPerSecond);
        return "frame " + frame.index() + "  " + time(frame.info().seconds(frame.pts())) + rate;
    }

    private static String time(double seconds) {
        long millis = Math.round(seconds * 1000);
        if (seconds > LONGEST_FILE_SECONDS) {
            return CLOCK.format(Instant.ofEpochMilli(millis));
        }
        return String.format(
                Locale.ROOT,
                "%d:%02d:%02d.%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis % 1000);
    }
}
