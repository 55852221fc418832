// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.convert.ColorSpaces;
import java.nio.ByteBuffer;

/**
 * Pair of coded YUV 4:2:0 pictures that are shown side by side, as one picture. A side that is odd
 * where they meet is made even by repeating the edge: no chroma sample is of both.
 */
final class PicturePair {

    private final StreamInfo one;
    private final StreamInfo both;

    /** Columns and rows of each picture's place. */
    private final int width;

    private final int height;
    private final ByteBuffer yuv;

    PicturePair(StreamInfo one) {
        this.one = one;
        boolean stacked = one.rotation() % 180 != 0;
        this.width = stacked ? one.width() : (one.width() + 1) & ~1;
        this.height = stacked ? (one.height() + 1) & ~1 : one.height();
        ColorMetadata color = one.color();
        this.both =
                new StreamInfo(
                        one.name(),
                        one.source(),
                        stacked ? width : 2 * width,
                        stacked ? 2 * height : height,
                        one.rotation(),
                        one.timeBase(),
                        one.frameRate(),
                        one.pixelAspect(),
                        // What size suggested must not change with it.
                        new ColorMetadata(
                                color.primaries(),
                                color.transfer(),
                                ColorSpaces.matrix(color.matrix(), one.width(), one.height()),
                                color.fullRange()));
        this.yuv = ByteBuffer.allocateDirect(both.yuvBytes());
    }

    /** Size and the rest of the whole picture. */
    StreamInfo info() {
        return both;
    }

    /** The whole picture. */
    ByteBuffer yuv() {
        return yuv;
    }

    /**
     * Copies a picture to its side, as it is shown.
     *
     * @param picture planes Y, U, V from the buffer's position on
     */
    void put(ByteBuffer picture, boolean right) {
        boolean turned = one.rotation() == 90 || one.rotation() == 180;
        boolean second = right != turned;
        int x = second && both.width() > width ? width : 0;
        int y = second && both.height() > height ? height : 0;
        ByteBuffer samples = picture.slice();
        int from = 0;
        int to = 0;
        for (int plane = 0; plane < 3; plane++) {
            int half = plane == 0 ? 0 : 1;
            int columns = (one.width() + half) >> half;
            int rows = (one.height() + half) >> half;
            int stride = (both.width() + half) >> half;
            int corner = to + (y >> half) * stride + (x >> half);
            copy(samples, from, columns, rows, corner, stride);
            if (plane == 0) {
                repeatEdges(corner, stride);
            }
            from += columns * rows;
            to += stride * ((both.height() + half) >> half);
        }
    }

    private void copy(ByteBuffer from, int offset, int columns, int rows, int to, int stride) {
        for (int row = 0; row < rows; row++) {
            yuv.put(to + row * stride, from, offset + row * columns, columns);
        }
    }

    private void repeatEdges(int corner, int stride) {
        for (int row = 0; row < one.height() && width > one.width(); row++) {
            int last = corner + row * stride + one.width() - 1;
            yuv.put(last + 1, yuv.get(last));
        }
        if (height > one.height()) {
            int last = corner + (one.height() - 1) * stride;
            yuv.put(last + stride, yuv, last, width);
        }
    }
}
