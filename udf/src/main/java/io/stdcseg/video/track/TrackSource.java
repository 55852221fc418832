// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import java.nio.file.Path;

/**
 * Source of the tracks that go along with a video's pictures.
 *
 * @param file any media file; all its audio tracks, subtitles, chapters and tags are taken
 * @param fromSeconds stream time at which they begin to be taken
 * @param toSeconds stream time at which they end
 */
public record TrackSource(Path file, double fromSeconds, double toSeconds) {

    /** All of a file. */
    public static TrackSource all(Path file) {
        return new TrackSource(file, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * Part of a source that goes along with its video, and when. Times in seconds; the source's may
     * be negative or infinite.
     *
     * @param from source time at which it begins
     * @param to source time at which it ends
     * @param shift by how much later it is shown and heard than the source says
     */
    record TimeWindow(double from, double to, double shift) {

        /** Whether some of what begins then, and takes so long, lies in the window. */
        boolean overlaps(double begin, double seconds) {
            return begin < to && begin + seconds >= from;
        }
    }
}
