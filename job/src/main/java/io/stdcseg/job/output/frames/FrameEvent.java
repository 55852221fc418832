// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import io.stdcseg.function.score.StreamTotals;

/**
 * What the chooser of frames hears of. Exactly one of the parts is there, of the others the level
 * is 0 and the rest null.
 *
 * @param level width of a writer's {@link TimeBuckets}
 * @param frame one that a writer keeps
 * @param ended name of a stream that came to its end
 */
public record FrameEvent(int level, KeptFrame frame, String ended) {

    static FrameEvent of(int level) {
        return new FrameEvent(level, null, null);
    }

    static FrameEvent of(KeptFrame frame) {
        return new FrameEvent(0, frame, null);
    }

    /** The end of a stream; of one whose end was not announced there is only that it stopped. */
    public static FrameEvent of(StreamTotals totals) {
        return new FrameEvent(0, null, totals.source() == null ? null : totals.stream());
    }
}
