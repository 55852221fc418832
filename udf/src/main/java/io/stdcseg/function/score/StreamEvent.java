// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.function.window.StreamTime;

/**
 * Event of a stream: a frame that was scored, or a marker that passed. Exactly one of the parts is
 * there, the others are null.
 *
 * <p>Unlike the elements themselves, events are small and may go to another process.
 */
public record StreamEvent(
        String stream,
        FrameScore frame,
        RangeStart rangeStart,
        SkippedPicture skipped,
        RangeEnd rangeEnd,
        StreamEnd streamEnd,
        LiveProgress live) {

    /** The event of a frame. */
    public static StreamEvent of(FrameScore frame) {
        return new StreamEvent(frame.stream(), frame, null, null, null, null, null);
    }

    /** The event of a marker. */
    public static StreamEvent of(FrameElement marker) {
        String stream = marker.stream();
        if (marker instanceof RangeStart start) {
            return new StreamEvent(stream, null, start, null, null, null, null);
        } else if (marker instanceof SkippedPicture skipped) {
            return new StreamEvent(stream, null, null, skipped, null, null, null);
        } else if (marker instanceof RangeEnd end) {
            return new StreamEvent(stream, null, null, null, end, null, null);
        } else if (marker instanceof StreamEnd end) {
            return new StreamEvent(stream, null, null, null, null, end, null);
        } else if (marker instanceof LiveProgress live) {
            return new StreamEvent(stream, null, null, null, null, null, live);
        }
        throw new IllegalArgumentException(marker + " is no marker");
    }

    /**
     * Score of one frame: what is known of it once its pixels are gone.
     *
     * @param range the frame's range in its stream
     * @param index number of the frame in its stream
     * @param timeNanos stream time
     * @param counts see {@link io.stdcseg.metric.PixelCounts#toLongs()}; null if the frame has no
     *     label
     * @param inputHeight rows that the network saw of it, where that changes with the load; else 0
     * @param masks see {@link io.stdcseg.metric.MaskCounts#toLongs()}; null if they were not
     *     counted
     * @param weights that made the mask, see {@link io.stdcseg.frame.SegmentedFrame#weights()};
     *     null where they are the same throughout
     * @param shadow of a second network's mask; null if there is none
     */
    public record FrameScore(
            String stream,
            int range,
            long index,
            long timeNanos,
            long[] counts,
            int inputHeight,
            long[] masks,
            String weights,
            ShadowCounts shadow) {

        /** Of a frame that one network saw. */
        public FrameScore(
                String stream,
                int range,
                long index,
                long timeNanos,
                long[] counts,
                int inputHeight,
                long[] masks,
                String weights) {
            this(stream, range, index, timeNanos, counts, inputHeight, masks, weights, null);
        }

        /** Of a frame of which all are made by the same weights. */
        public FrameScore(
                String stream,
                int range,
                long index,
                long timeNanos,
                long[] counts,
                int inputHeight,
                long[] masks) {
            this(stream, range, index, timeNanos, counts, inputHeight, masks, null);
        }

        /** Of a frame whose mask was only held against its label. */
        public FrameScore(
                String stream,
                int range,
                long index,
                long timeNanos,
                long[] counts,
                int inputHeight) {
            this(stream, range, index, timeNanos, counts, inputHeight, null);
        }

        /** Of a frame that the network sees at the same scale as all others. */
        public FrameScore(String stream, int range, long index, long timeNanos, long[] counts) {
            this(stream, range, index, timeNanos, counts, 0);
        }

        /** Stream time in seconds. */
        public double seconds() {
            return StreamTime.seconds(timeNanos);
        }

        /** Whether the frame has a label. */
        boolean labelled() {
            return counts != null;
        }
    }
}
