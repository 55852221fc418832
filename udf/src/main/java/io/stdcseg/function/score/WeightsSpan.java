// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.function.score.StreamEvent.FrameScore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Stretch of a stream whose frames were made by the same weights.
 *
 * <p>Ranges of a stream are decoded side by side, and each changes to new weights where it is then.
 * A span ends with its range; those of the same weights in ranges that follow each other become
 * one.
 *
 * @param firstRange the range in which it begins
 * @param lastRange the range in which it ends
 * @param firstFrame number of its first frame in the stream
 * @param lastFrame number of its last frame in the stream
 * @param frames how many there are
 * @param begins whether it begins with its first range
 * @param ended whether its last range has ended with it
 * @param sha256 of the weights' file, in hexadecimal
 */
public record WeightsSpan(
        int firstRange,
        int lastRange,
        long firstFrame,
        long lastFrame,
        long frames,
        boolean begins,
        boolean ended,
        String sha256)
        implements Serializable {

    /**
     * So many are kept of a stream. From then on the last of a range gives way to the next, and
     * ranges that begin are not told of.
     */
    static final int MOST = 1000;

    /** The spans before, in order of their frames, and a frame; null for none. */
    static List<WeightsSpan> after(List<WeightsSpan> before, FrameScore frame) {
        if (frame.weights() == null) {
            return before;
        }
        int open = open(before, frame.range());
        WeightsSpan span = open < 0 ? null : before.get(open);
        List<WeightsSpan> after = before == null ? new ArrayList<>() : new ArrayList<>(before);
        if (span != null && span.sha256.equals(frame.weights())) {
            after.set(open, span.with(frame));
            return after;
        }
        if (after.size() >= MOST) {
            if (span != null) {
                after.set(open, begin(frame, false));
            }
        } else {
            int place = 0;
            while (place < after.size() && after.get(place).firstFrame < frame.index()) {
                place++;
            }
            after.add(place, begin(frame, open < 0));
        }
        return joined(after);
    }

    /** The same when a range has ended; one without frames belongs to a span beside it. */
    static List<WeightsSpan> afterRange(List<WeightsSpan> before, int range) {
        if (before == null) {
            return null;
        }
        int open = open(before, range);
        List<WeightsSpan> after = new ArrayList<>(before);
        if (open < 0) {
            after.replaceAll(span -> span.withEmpty(range));
        } else {
            after.set(open, after.get(open).end());
        }
        return joined(after);
    }

    /** Whether a frame was made by others than the one before it in its range, or in the stream. */
    static boolean isNews(List<WeightsSpan> before, FrameScore frame) {
        if (frame.weights() == null) {
            return false;
        }
        if (before == null) {
            return true;
        }
        int open = open(before, frame.range());
        if (open < 0 && before.size() >= MOST) {
            return false;
        }
        WeightsSpan last = null;
        for (WeightsSpan span : before) {
            last = span.firstFrame < frame.index() ? span : last;
        }
        WeightsSpan held = open < 0 ? last : before.get(open);
        return held == null || !held.sha256.equals(frame.weights());
    }

    /** Place of the last span of a range, which grows with its frames; -1 if there is none. */
    private static int open(List<WeightsSpan> spans, int range) {
        for (int i = spans == null ? -1 : spans.size() - 1; i >= 0; i--) {
            if (spans.get(i).lastRange == range && !spans.get(i).ended) {
                return i;
            }
        }
        return -1;
    }

    private static List<WeightsSpan> joined(List<WeightsSpan> spans) {
        for (int i = spans.size() - 1; i > 0; i--) {
            WeightsSpan left = spans.get(i - 1);
            WeightsSpan right = spans.get(i);
            if (left.ended
                    && right.begins
                    && left.lastRange + 1 == right.firstRange
                    && left.sha256.equals(right.sha256)) {
                spans.set(
                        i - 1,
                        new WeightsSpan(
                                left.firstRange,
                                right.lastRange,
                                left.firstFrame,
                                right.lastFrame,
                                left.frames + right.frames,
                                left.begins,
                                right.ended,
                                left.sha256));
                spans.remove(i);
            }
        }
        return spans;
    }

    private static WeightsSpan begin(FrameScore frame, boolean begins) {
        return new WeightsSpan(
                frame.range(),
                frame.range(),
                frame.index(),
                frame.index(),
                1,
                begins,
                false,
                frame.weights());
    }

    private WeightsSpan with(FrameScore frame) {
        return new WeightsSpan(
                firstRange,
                lastRange,
                firstFrame,
                frame.index(),
                frames + 1,
                begins,
                ended,
                sha256);
    }

    private WeightsSpan withEmpty(int range) {
        boolean behind = ended && lastRange + 1 == range;
        boolean ahead = begins && firstRange - 1 == range;
        return new WeightsSpan(
                ahead ? range : firstRange,
                behind ? range : lastRange,
                firstFrame,
                lastFrame,
                frames,
                begins,
                ended,
                sha256);
    }

    private WeightsSpan end() {
        return new WeightsSpan(
                firstRange, lastRange, firstFrame, lastFrame, frames, begins, true, sha256);
    }
}
