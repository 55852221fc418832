// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

/**
 * Progress of a stream that is read in ranges side by side: up to where all its frames have passed.
 *
 * @param range number of the first range that has not ended; all before it have
 * @param reached how far that range has come, or those before it where it has not begun
 */
public record StreamProgress(int range, RangeProgress reached) {

    static final StreamProgress START = new StreamProgress(0, RangeProgress.NONE);

    StreamProgress reach(long slide) {
        return new StreamProgress(range, reached.reach(slide));
    }

    /**
     * Goes on to the next range, as that one has ended.
     *
     * @param next how far the next one has come
     */
    StreamProgress endRange(RangeProgress next) {
        return new StreamProgress(range + 1, next.seen() ? reached.reach(next.last()) : reached);
    }
}
