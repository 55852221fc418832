// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import java.util.Map;

/**
 * Progress of one range: how far its frames have come, in slides of the stream's time.
 *
 * @param first the first slide that begins at or after the range's first frame
 * @param last the slide in which the range's last frame so far lies
 * @param seen whether the range has given a frame; if not, {@code first} and {@code last} mean
 *     nothing
 * @param ended whether all of its frames have passed
 */
public record RangeProgress(long first, long last, boolean seen, boolean ended) {

    static final RangeProgress NONE = new RangeProgress(0, 0, false, false);

    RangeProgress frame(long beginsAt, long slide) {
        return new RangeProgress(seen ? first : beginsAt, slide, true, ended);
    }

    RangeProgress end() {
        return new RangeProgress(first, last, seen, true);
    }

    /**
     * Whether all frames of a window have passed. Ranges lie one after the other in their stream,
     * and the frames of each come in order, but the ranges run side by side.
     *
     * @param ranges by number
     * @param total how many ranges there are; null if not known yet
     * @param start first slide of the window
     * @param end first slide after it
     */
    static boolean passed(Map<Integer, RangeProgress> ranges, Integer total, long start, long end) {
        int range = firstThatMayOverlap(ranges, start);
        while (total == null || range < total) {
            RangeProgress progress = ranges.getOrDefault(range, NONE);
            if (progress.seen && progress.last >= end) {
                return true;
            }
            if (!progress.ended) {
                return false;
            }
            range++;
        }
        return true;
    }

    /** Ranges before one that began by the window's start ended before it. */
    private static int firstThatMayOverlap(Map<Integer, RangeProgress> ranges, long start) {
        int range = 0;
        for (Map.Entry<Integer, RangeProgress> entry : ranges.entrySet()) {
            if (entry.getValue().seen && entry.getValue().first <= start) {
                range = Math.max(range, entry.getKey());
            }
        }
        return range;
    }

    /** Whether a stream of {@code total} ranges has given all its frames. */
    static boolean allEnded(Map<Integer, RangeProgress> ranges, Integer total) {
        if (total == null) {
            return false;
        }
        for (int range = 0; range < total; range++) {
            if (!ranges.getOrDefault(range, NONE).ended) {
                return false;
            }
        }
        return true;
    }
}
