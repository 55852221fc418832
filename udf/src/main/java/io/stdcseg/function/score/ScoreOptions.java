// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.metric.PixelCounter;
import java.io.Serializable;

/**
 * Options of scoring.
 *
 * @param pixels whether to tell of each frame's {@link ScoreFunction#PIXELS}
 * @param every from one frame's number in its stream to the next one's
 * @param boundary how far boundaries reach, as a share of the picture's diagonal
 * @param quality whether frames are passed on with the {@link
 *     io.stdcseg.frame.SegmentedFrame#quality()} of their masks
 */
public record ScoreOptions(boolean pixels, int every, double boundary, boolean quality)
        implements Serializable {

    /** Every frame, boundaries as published. */
    public static final ScoreOptions DEFAULT = new ScoreOptions(false, 1, PixelCounter.BOUNDARY);

    /** Frames are passed on as they are. */
    public ScoreOptions(boolean pixels, int every, double boundary) {
        this(pixels, every, boundary, false);
    }
}
