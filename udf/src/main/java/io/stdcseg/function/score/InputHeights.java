// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.function.score.StreamEvent.FrameScore;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Heights at which a network saw the frames of a stream, where they change with the load.
 *
 * @param last that of the last frame, in rows
 * @param changes how often a frame's was not that of the frame before
 * @param frames how many there were by height
 */
public record InputHeights(int last, long changes, Map<Integer, Long> frames)
        implements Serializable {

    /** The heights of the frames before, null if there were none, and of a frame. */
    static InputHeights after(InputHeights before, FrameScore frame) {
        int height = frame.inputHeight();
        if (height == 0) {
            return before;
        }
        if (before == null) {
            return new InputHeights(height, 0, Map.of(height, 1L));
        }
        Map<Integer, Long> frames = new TreeMap<>(before.frames);
        frames.merge(height, 1L, Long::sum);
        return new InputHeights(
                height, height == before.last ? before.changes : before.changes + 1, frames);
    }

    /** Whether a frame begins or changes the height. */
    static boolean isNews(InputHeights before, FrameScore frame) {
        return frame.inputHeight() != 0 && (before == null || before.last != frame.inputHeight());
    }
}
