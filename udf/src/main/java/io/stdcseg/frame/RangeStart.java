// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/**
 * Marker: the frames of a range follow.
 *
 * @param expectedFrames how many frames the container announces; 0 where it does not say
 * @param network what makes their masks; null until the marker has passed it
 */
public record RangeStart(String stream, int range, long expectedFrames, NetworkInfo network)
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
