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
 * @param weights that made the mask: SHA-256 of their file, in hexadecimal; null where they are the
 *     same throughout
 * @param shadow what another network says of the frame, which is only compared; null where none was
 *     asked
 * @param quality of the mask; null until somebody asked and looked
 */
public record SegmentedFrame(
        Frame frame,
        Mask mask,
        Confidence confidence,
        int batchSize,
        int inputHeight,
        long networkNanos,
        String weights,
        Mask shadow,
        FrameQuality quality)
        implements FrameElement, AutoCloseable {

    /** One at which nobody has looked. */
    public SegmentedFrame(
            Frame frame,
            Mask mask,
            Confidence confidence,
            int batchSize,
            int inputHeight,
            long networkNanos,
            String weights,
            Mask shadow) {
        this(frame, mask, confidence, batchSize, inputHeight, networkNanos, weights, shadow, null);
    }

    /** One of those that are all made by the same weights. */
    public SegmentedFrame(
            Frame frame,
            Mask mask,
            Confidence confidence,
            int batchSize,
            int inputHeight,
            long networkNanos) {
        this(frame, mask, confidence, batchSize, inputHeight, networkNanos, null, null);
    }

    /** One whose confidence was not asked for. */
    public SegmentedFrame(
            Frame frame, Mask mask, int batchSize, int inputHeight, long networkNanos) {
        this(frame, mask, null, batchSize, inputHeight, networkNanos);
    }

    /** One of those that the network sees at the same scale throughout. */
    public SegmentedFrame(Frame frame, Mask mask, int batchSize) {
        this(frame, mask, batchSize, 0, 0);
    }

    /** The same, which owns the same memory, with the quality of its mask. */
    public SegmentedFrame with(FrameQuality found) {
        return new SegmentedFrame(
                frame,
                mask,
                confidence,
                batchSize,
                inputHeight,
                networkNanos,
                weights,
                shadow,
                found);
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
        if (shadow != null) {
            shadow.close();
        }
    }
}
