// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.io.Serializable;

/**
 * Counts of pixels, from which every score follows; those of parts add up to those of the whole.
 *
 * @param confusion pixels by label and prediction, row by row; a row is a label
 * @param boundary three numbers per class: pixels on its boundary in both label and prediction,
 *     those on it in the label, and those on it in the prediction
 */
public record PixelCounts(long[] confusion, long[] boundary) implements Serializable {

    private static final int BOTH = 0;
    private static final int LABELLED = 1;
    private static final int PREDICTED = 2;
    private static final int KINDS = 3;

    /** Of no picture. */
    public static PixelCounts none(int classes) {
        return new PixelCounts(new long[classes * classes], new long[KINDS * classes]);
    }

    /** How many classes there are. */
    public int classes() {
        return boundary.length / KINDS;
    }

    void add(int label, int prediction, int pixels) {
        confusion[label * classes() + prediction] += pixels;
    }

    /** Adds a run of pixels, of which so many lie on one or both of the boundaries. */
    void addBoundary(int label, int prediction, int onLabel, int onPrediction, int onBoth) {
        boundary[label * KINDS + LABELLED] += onLabel;
        boundary[prediction * KINDS + PREDICTED] += onPrediction;
        if (label == prediction) {
            boundary[label * KINDS + BOTH] += onBoth;
        }
    }

    /** Both together. */
    public PixelCounts plus(PixelCounts other) {
        return new PixelCounts(sum(confusion, other.confusion), sum(boundary, other.boundary));
    }

    private static long[] sum(long[] a, long[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    a.length + " counts do not add to " + b.length + " of other classes");
        }
        long[] sum = a.clone();
        for (int i = 0; i < b.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    /** Boundary IoU per class; NaN where it is neither in the labels nor in the predictions. */
    public double[] boundaryIou() {
        double[] iou = new double[classes()];
        for (int c = 0; c < iou.length; c++) {
            long both = boundary[c * KINDS + BOTH];
            long either = boundary[c * KINDS + LABELLED] + boundary[c * KINDS + PREDICTED] - both;
            iou[c] = (double) both / either;
        }
        return iou;
    }
}
