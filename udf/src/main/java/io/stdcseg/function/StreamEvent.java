// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.RangeEnd;
import io.stdcseg.frame.RangeStart;
import io.stdcseg.frame.SkippedPicture;
import io.stdcseg.frame.StreamEnd;

/**
 * What happened in a stream: a frame, or a marker that passed. Exactly one of the parts is there,
 * the others are null.
 *
 * <p>Unlike the elements themselves, events are small and may go to another process.
 */
public record StreamEvent(
        String stream,
        FrameScore frame,
        RangeStart rangeStart,
        SkippedPicture skipped,
        RangeEnd rangeEnd,
        StreamEnd streamEnd) {

    /** The event of a frame. */
    public static StreamEvent of(FrameScore frame) {
        return new StreamEvent(frame.stream(), frame, null, null, null, null);
    }

    /** The event of a marker. */
    public static StreamEvent of(FrameElement marker) {
        String stream = marker.stream();
        if (marker instanceof RangeStart start) {
            return new StreamEvent(stream, null, start, null, null, null);
        } else if (marker instanceof SkippedPicture skipped) {
            return new StreamEvent(stream, null, null, skipped, null, null);
        } else if (marker instanceof RangeEnd end) {
            return new StreamEvent(stream, null, null, null, end, null);
        } else if (marker instanceof StreamEnd end) {
            return new StreamEvent(stream, null, null, null, null, end);
        }
        throw new IllegalArgumentException(marker + " is no marker");
    }
}
