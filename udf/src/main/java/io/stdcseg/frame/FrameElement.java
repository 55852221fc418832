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
                FrameElement.StreamEnd {

    /** Name of the stream the element belongs to. */
    String stream();

    /**
     * Marker: the frames of a range follow.
     *
     * @param expectedFrames how many frames the container announces; 0 where it does not say
     * @param network what makes their masks; null until the marker has passed it
     */
    record RangeStart(String stream, int range, long expectedFrames, NetworkInfo network)
            implements FrameElement {

        /** As the source says it. */
        public RangeStart(String stream, int range, long expectedFrames) {
            this(stream, range, expectedFrames, null);
        }

        /** The same, with what makes the masks of the frames that follow. */
        public RangeStart segmentedBy(NetworkInfo by) {
            return new RangeStart(stream, range, expectedFrames, by);
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
}
