// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.frame.StreamInfo;

/**
 * What writers tell the committer: small records, the only thing that leaves the task with the
 * pixels. Of one range they come in order; ranges of a stream may come from several writers.
 */
public sealed interface Segment {

    /** Name of the stream. */
    String stream();

    /**
     * A finished piece of a masked video.
     *
     * @param firstFrame number, in its range, of the first frame in it; orders a range's pieces
     * @param file path below the output folder
     * @param frames how many frames it holds
     * @param firstPts of its first frame, in ticks
     * @param lastPts of its last frame, in ticks
     * @param endPts when its last frame is over, in ticks
     * @param info description of its frames
     * @param audio whether {@code info.source()} is a file that may have sound
     */
    record Piece(
            int range,
            long firstFrame,
            String file,
            long frames,
            long firstPts,
            long lastPts,
            long endPts,
            StreamInfo info,
            boolean audio)
            implements Segment {

        @Override
        public String stream() {
            return info.name();
        }
    }

    /**
     * Every piece of a range has been told.
     *
     * @param frames how many frames they hold together
     */
    record RangeDone(String stream, int range, long frames) implements Segment {}

    /**
     * The stream has no more ranges than these.
     *
     * @param error why there is no stream, null if there is
     */
    record StreamDone(String stream, int ranges, String error) implements Segment {}
}
