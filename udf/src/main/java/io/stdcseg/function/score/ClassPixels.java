// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.frame.Frame;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.window.StreamTime;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How many pixels of a frame's mask are of each class: of a sample of its rows, which says as much
 * of shares as all of them do.
 *
 * @param timeNanos stream time
 * @param pixels sampled ones per train id
 * @param inputHeight rows that the network saw of it, where that changes with the load; else 0
 */
public record ClassPixels(String stream, long timeNanos, int[] pixels, int inputHeight)
        implements Serializable {

    /** One row of so many is counted. */
    private static final int ROW_STEP = 4;

    private static final int IDS = 256;

    /** Times a byte: that byte eight times. */
    private static final long EIGHT_TIMES = 0x0101010101010101L;

    /** Counts a frame's mask. */
    static ClassPixels of(SegmentedFrame segmented, int classes) {
        Frame frame = segmented.frame();
        int width = segmented.mask().width();
        return new ClassPixels(
                frame.stream(),
                StreamTime.nanos(frame.pts(), frame.info().timeBase()),
                count(segmented.mask().ids(), width, segmented.mask().height(), classes),
                segmented.inputHeight());
    }

    static int[] count(ByteBuffer ids, int width, int height, int classes) {
        int[] counts = new int[IDS];
        for (int y = Math.min(ROW_STEP, height) / 2; y < height; y += ROW_STEP) {
            int x = y * width;
            int end = x + width;
            for (; x + Long.BYTES <= end; x += Long.BYTES) {
                // Neighbours are mostly of one class: eight of them are counted at once.
                long eight = ids.getLong(x);
                int first = (int) eight & 0xff;
                if (eight == first * EIGHT_TIMES) {
                    counts[first] += Long.BYTES;
                } else {
                    countEach(ids, x, x + Long.BYTES, counts);
                }
            }
            countEach(ids, x, end, counts);
        }
        return Arrays.copyOf(counts, classes);
    }

    private static void countEach(ByteBuffer ids, int from, int to, int[] counts) {
        for (int i = from; i < to; i++) {
            counts[ids.get(i) & 0xff]++;
        }
    }
}
