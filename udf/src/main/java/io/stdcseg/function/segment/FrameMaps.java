// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.frame.Confidence;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.Mask;
import io.stdcseg.network.InputScale;

/**
 * What networks make of one frame: memory that closing gives back.
 *
 * @param confidence null where nobody asks
 * @param shadowed mask of the {@link Shadow}; null of a frame that it does not see
 */
record FrameMaps(Mask mask, Confidence confidence, Mask shadowed) implements AutoCloseable {

    /** Asks for the mask of a frame, and for the confidence where there is one. */
    SegmentRequest request(Frame frame, InputScale scale) {
        return request(frame, mask, confidence, scale);
    }

    /** Asks for the shadow's mask. */
    SegmentRequest shadowRequest(Frame frame) {
        return request(frame, shadowed, null, null);
    }

    private static SegmentRequest request(
            Frame frame, Mask mask, Confidence confidence, InputScale scale) {
        return new SegmentRequest(
                mask.width(),
                mask.height(),
                frame.picture(),
                frame.yuvToRgb(),
                mask.ids(),
                confidence == null ? null : confidence.bytes(),
                scale);
    }

    @Override
    public void close() {
        mask.close();
        if (confidence != null) {
            confidence.close();
        }
        if (shadowed != null) {
            shadowed.close();
        }
    }
}
