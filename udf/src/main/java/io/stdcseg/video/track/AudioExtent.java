// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

/**
 * Extent of a track of sound: by the times that its file gives, and by how much sound there is.
 * Some files spread the times of their sound over many times its length.
 */
final class AudioExtent {

    /** By how much good files may miss the end of their video. */
    private static final double TOLERANCE_SECONDS = 1;

    private static final double TOLERANCE_SHARE = 0.1;

    private double begin = Double.NaN;
    private double end = Double.NEGATIVE_INFINITY;
    private double seconds;

    /** Notes a piece of sound that begins at a source time. */
    void add(double pieceBegin, double pieceSeconds) {
        if (Double.isNaN(begin)) {
            begin = pieceBegin;
        }
        end = Math.max(end, pieceBegin + pieceSeconds);
        seconds += pieceSeconds;
    }

    /** Source time at which the sound noted so far ends without gaps; NaN before any. */
    double endWithoutGaps() {
        return begin + seconds;
    }

    /** Source time at which the sound ends by its times. */
    double end() {
        return end;
    }

    /** Whether it goes on after the end of its video. */
    boolean exceeds(double videoEnd) {
        return end > videoEnd + TOLERANCE_SECONDS;
    }

    /** Whether it would go with its video if it had no gaps, and does not with them. */
    boolean isMistimed(double videoEnd) {
        double excess = endWithoutGaps() - videoEnd;
        return exceeds(videoEnd)
                && Math.abs(excess) < end - videoEnd - TOLERANCE_SECONDS
                && excess < TOLERANCE_SECONDS + TOLERANCE_SHARE * (videoEnd - begin);
    }
}
