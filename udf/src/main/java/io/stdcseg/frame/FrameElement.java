// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/**
 * What flows through the pixel-carrying operators: frames, and markers that queue behind them.
 *
 * <p>Elements never leave the process: pixels are not serialised.
 */
public sealed interface FrameElement
        permits Frame, SegmentedFrame, RangeStart, SkippedPicture, RangeEnd, StreamEnd {

    /** Name of the stream the element belongs to. */
    String stream();
}
