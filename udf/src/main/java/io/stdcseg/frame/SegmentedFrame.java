// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/**
 * Frame with its mask. Closing it gives both back.
 *
 * @param confidence of the mask; null where it was not asked for
 * @param batchSize how many frames the network saw in the same call
 * @param inputHeight rows that the network saw of it, where that changes with the load; else 0
 * @param networkNanos how long that call took; 0 where nobody looked
 */
public record SegmentedFrame(
        Frame frame,
        Mask mask,
        Confidence confidence,
        int batchSize,
        int inputHeight,
        long networkNanos)
        implements FrameElement, AutoCloseable {

    /** One whose confidence was not asked for. */
    public SegmentedFrame(
            Frame frame, Mask mask, int batchSize, int inputHeight, long networkNanos) {
        this(frame, mask, null, batchSize, inputHeight, networkNanos);
    }

    /** One of those that the network sees at the same scale throughout. */
    public SegmentedFrame(Frame frame, Mask mask, int batchSize) {
        this(frame, mask, batchSize, 0, 0);
    }

    @Override
    public String stream() {
        return frame.stream();
    }

    @Override
    public void close() {
        frame.close();
        mask.close();
        if (confidence != null) {
            confidence.close();
        }
    }
}
