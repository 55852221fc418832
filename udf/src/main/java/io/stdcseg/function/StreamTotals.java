// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import java.io.Serializable;

/**
 * All of a stream, once it has ended.
 *
 * @param source where it came from; null if its end was never announced
 * @param frames how many frames were segmented
 * @param skipped how many pictures could not be decoded
 * @param error why it ended early; null if it did not
 * @param labelledFrames how many frames had a label
 * @param counts confusion matrix of those, row by row, a row is a label; null if there are none
 */
public record StreamTotals(
        String stream,
        String source,
        long frames,
        long skipped,
        String error,
        long labelledFrames,
        long[] counts)
        implements Serializable {

    static StreamTotals empty(String stream) {
        return new StreamTotals(stream, null, 0, 0, null, 0, null);
    }

    StreamTotals withFrame(FrameScore frame) {
        ScorePane before = counts == null ? null : new ScorePane(labelledFrames, counts);
        ScorePane scored =
                frame.labelled() ? ScorePane.sum(before, new ScorePane(1, frame.counts())) : before;
        return new StreamTotals(
                stream,
                source,
                frames + 1,
                skipped,
                error,
                scored == null ? 0 : scored.frames(),
                scored == null ? null : scored.counts());
    }

    StreamTotals withSkipped(long more) {
        return new StreamTotals(
                stream, source, frames, skipped + more, error, labelledFrames, counts);
    }

    StreamTotals withEnd(String from, String why) {
        return new StreamTotals(stream, from, frames, skipped, why, labelledFrames, counts);
    }

    /** The same, where the counts have gone into those of all streams. */
    public StreamTotals withoutCounts() {
        return new StreamTotals(stream, source, frames, skipped, error, labelledFrames, null);
    }
}
