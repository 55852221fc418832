// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import io.stdcseg.frame.FrameQuality;

/** Frames of tests, ten a second. */
final class KeptFrames {

    private KeptFrames() {}

    /** One with a label whose mIoU lacks so much. */
    static KeptFrame frame(String stream, long index, double worth) {
        return new KeptFrame(stream, index, index * 100_000_000, null, miou(worth), null, null);
    }

    static FrameQuality miou(double worth) {
        return quality(1 - worth, Double.NaN, Double.NaN, Double.NaN);
    }

    static FrameQuality quality(
            double miou, double stability, double temporalConsistency, double uncertainShare) {
        return new FrameQuality(miou, Double.NaN, stability, temporalConsistency, uncertainShare);
    }
}
