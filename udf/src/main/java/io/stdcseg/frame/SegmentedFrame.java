// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/**
 * Frame with its mask. Closing it gives both back.
 *
 * @param batchSize how many frames the network saw in the same call
 */
public record SegmentedFrame(Frame frame, Mask mask, int batchSize)
        implements FrameElement, AutoCloseable {

    @Override
    public String stream() {
        return frame.stream();
    }

    @Override
    public void close() {
        frame.close();
        mask.close();
    }
}
