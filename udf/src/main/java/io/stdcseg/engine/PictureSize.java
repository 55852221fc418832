// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import java.util.List;

/** Size of pictures in pixels, the same for all of a batch. */
public record PictureSize(int height, int width) {

    /** The one size of a batch's pictures. */
    public static PictureSize of(List<SegmentRequest> batch) {
        SegmentRequest first = batch.get(0);
        for (SegmentRequest request : batch) {
            if (request.width() != first.width() || request.height() != first.height()) {
                throw new IllegalArgumentException("pictures of one batch differ in size");
            }
        }
        return of(first);
    }

    public static PictureSize of(SegmentRequest request) {
        return new PictureSize(request.height(), request.width());
    }

    /** Pixels of one picture. */
    public int pixels() {
        return height * width;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
