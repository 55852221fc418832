// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

/**
 * Progress of one range: how far its frames have come, in slides of the stream's time.
 *
 * @param last the slide in which the range's last frame so far lies
 * @param seen whether the range has given a frame; if not, {@code last} means nothing
 * @param ended whether all of its frames have passed
 */
public record RangeProgress(long last, boolean seen, boolean ended) {

    static final RangeProgress NONE = new RangeProgress(0, false, false);

    RangeProgress reach(long slide) {
        return seen && slide <= last ? this : new RangeProgress(slide, true, ended);
    }

    RangeProgress end() {
        return new RangeProgress(last, seen, true);
    }
}
