// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/**
 * Element of the streams that carry pixels: a frame, or a marker that queues behind frames.
 *
 * <p>Elements never leave the process: pixels are not serialised.
 */
public sealed interface FrameElement
        permits Frame,
                SegmentedFrame,
                FrameElement.RangeStart,
                FrameElement.SkippedPicture,
                FrameElement.RangeEnd,
                FrameElement.StreamEnd,
                FrameElement.LiveProgress {

    /** Name of the stream the element belongs to. */
    String stream();

    /**
     * Marker: the frames of a range follow.
     *
     * @param ranges how many the stream was cut into
     * @param expectedFrames how many frames the container announces; 0 where it does not say
     * @param network what makes their masks; null until the marker has passed it
     */
    record RangeStart(
            String stream, int range, int ranges, long expectedFrames, NetworkInfo network)
            implements FrameElement {

        /** As the source says it. */
        public RangeStart(String stream, int range, int ranges, long expectedFrames) {
            this(stream, range, ranges, expectedFrames, null);
        }

        /** The same, with what makes the masks of the frames that follow. */
        public RangeStart segmentedBy(NetworkInfo by) {
            return new RangeStart(stream, range, ranges, expectedFrames, by);
        }
    }

    /**
     * Marker: every frame of a range has passed.
     *
     * @param frames how many frames the range gave
     * @param skipped how many pictures of it could not be decoded and were left out
     */
    record RangeEnd(String stream, int range, long frames, long skipped) implements FrameElement {}

    /**
     * Marker: a picture that cannot be decoded was left out here.
     *
     * @param index number of the picture in its stream; of damage in a video that was not cut, of
     *     the picture before it
     * @param name its file in the stream's folder; null in a video
     * @param reason why, in one line
     */
    record SkippedPicture(String stream, int range, long index, String name, String reason)
            implements FrameElement {}

    /**
     * Marker: the stream has no more ranges than these. Ranges of other slots may still be on their
     * way.
     *
     * @param source where the stream came from
     * @param ranges how many ranges the stream was cut into; 0 if it could not be opened
     * @param error why the stream ended early, null if it did not
     */
    record StreamEnd(String stream, String source, int ranges, String error)
            implements FrameElement {}

    /**
     * Marker: how a live stream is doing, about once a second, whether or not it gives pictures;
     * and before a frame if something was left out before that. Counts go on over restarts.
     *
     * @param reachedMicros every frame before this time, in microseconds since 1970, has passed
     * @param decoded how many pictures came that were asked for; each is a frame that has passed,
     *     or dropped or skipped
     * @param dropped how many were left out because they had waited for too long
     * @param skipped how many could not be decoded
     * @param lagMicros how long the last frame had waited
     * @param reconnects how often the stream was opened again
     * @param gaps how often pictures were missing until it was back
     * @param gapMicros how long those gaps are together
     * @param lastError what went wrong last, in one line; null if nothing did
     */
    record LiveProgress(
            String stream,
            int range,
            long reachedMicros,
            long decoded,
            long dropped,
            long skipped,
            long lagMicros,
            long reconnects,
            long gaps,
            long gapMicros,
            String lastError)
            implements FrameElement {

        /** The same behind another frame. */
        public LiveProgress afterFrame() {
            return new LiveProgress(
                    stream,
                    range,
                    reachedMicros,
                    decoded + 1,
                    dropped,
                    skipped,
                    lagMicros,
                    reconnects,
                    gaps,
                    gapMicros,
                    lastError);
        }
    }
}
