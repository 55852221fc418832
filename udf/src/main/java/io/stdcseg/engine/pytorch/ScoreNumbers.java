// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import io.stdcseg.engine.PictureSize;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.network.InputScale;

/**
 * Numbers that scores have when they are enlarged on a GPU. Where maps lie channels last, CUDA's
 * bilinear resizing refuses to make 2^31 - 1 or more: {@code upsample_bilinear2d_nhwc only supports
 * output tensors with less than INT_MAX elements}. Nor do a batch's pictures have as many bytes.
 */
final class ScoreNumbers {

    private static final long MOST = Integer.MAX_VALUE - 1L;

    private ScoreNumbers() {}

    /**
     * Most pictures of a call.
     *
     * @param scale at which the network sees them; null if that is not known
     * @return at least 1, which may be refused
     */
    static int mostPictures(int classes, PictureSize size, InputScale scale) {
        long pixels = (long) size.height() * size.width();
        if (scale != null) {
            long seen =
                    (long) scale.inputHeight(size.height())
                            * scale.inputWidth(size.width(), size.height());
            pixels = Math.max(pixels, seen);
        }
        return (int) Math.max(1, MOST / (Math.max(classes, SegmentRequest.CHANNELS) * pixels));
    }
}
