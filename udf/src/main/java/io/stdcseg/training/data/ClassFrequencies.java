// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Class frequencies of a data set: the share of its pixels that each class covers. */
public final class ClassFrequencies {

    private static final int IDS = 256;

    private ClassFrequencies() {}

    /**
     * Counts pixels in all label files, on all processors.
     *
     * @param classes how many the label set has
     * @return by train id, the share of the pixels that are not ignored; all 0 if all are
     */
    public static double[] of(SegmentationDataset pictures, int classes) {
        long[] pixels =
                IntStream.range(0, pictures.size())
                        .parallel()
                        .mapToObj(index -> count(pictures.labels(index)))
                        .reduce(new long[IDS], ClassFrequencies::sum);
        double total = Math.max(1, Arrays.stream(pixels, 0, classes).sum());
        return Arrays.stream(pixels, 0, classes).mapToDouble(count -> count / total).toArray();
    }

    private static long[] count(byte[] labels) {
        long[] pixels = new long[IDS];
        for (byte label : labels) {
            pixels[label & 0xff]++;
        }
        return pixels;
    }

    private static long[] sum(long[] a, long[] b) {
        return IntStream.range(0, IDS).mapToLong(id -> a[id] + b[id]).toArray();
    }
}
