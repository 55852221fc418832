// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Counts of labelled pixels, from which every score follows: the confusion matrix, the exact counts
 * of the class that pixels of each class were given, and how many lie on the classes' boundaries.
 * Counts of parts add up to those of the whole. Not thread-safe.
 */
public final class PixelCounts implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Kinds of pixels on the boundary of a class, in the order they are kept. */
    private static final int BOTH = 0;

    private static final int LABELLED = 1;
    private static final int PREDICTED = 2;
    private static final int KINDS = 3;

    private final int classes;
    private final long[] confusion;

    /** Of each class its kinds; null in counts that were kept before there were boundaries. */
    private long[] boundary;

    /** How sure the network was of the pixels; null where nobody asked. */
    private ConfidenceCounts confidence;

    /** Of no picture. */
    public PixelCounts(int classes) {
        this(classes, new long[classes * classes], new long[KINDS * classes]);
    }

    private PixelCounts(int classes, long[] confusion, long[] boundary) {
        this.classes = classes;
        this.confusion = confusion;
        this.boundary = boundary;
    }

    /**
     * The counts that {@link #toLongs()} wrote; a confusion matrix by itself, row by row, is
     * understood, too.
     */
    public static PixelCounts fromLongs(long[] numbers) {
        boolean alone = numbers.length == 0 || numbers[0] >= 0;
        int classes =
                alone ? (int) Math.round(Math.sqrt(numbers.length)) : Math.toIntExact(-numbers[0]);
        int matrix = classes * classes;
        int known = alone ? matrix : 1 + matrix + KINDS * classes;
        boolean sure = !alone && numbers.length == known + ConfidenceCounts.NUMBERS;
        if (numbers.length != known && !sure) {
            throw new IllegalArgumentException(
                    numbers.length + " numbers are not the counts of " + classes + " classes");
        }
        if (alone) {
            return new PixelCounts(classes, numbers.clone(), null);
        }
        PixelCounts counts =
                new PixelCounts(
                        classes,
                        Arrays.copyOfRange(numbers, 1, 1 + matrix),
                        Arrays.copyOfRange(numbers, 1 + matrix, known));
        if (sure) {
            counts.confidence =
                    ConfidenceCounts.fromLongs(Arrays.copyOfRange(numbers, known, numbers.length));
        }
        return counts;
    }

    /**
     * All counts: the number of classes, negative; the confusion matrix row by row, a row is a
     * label; and for each class how many pixels lie on its boundary in both label and prediction,
     * in the label, and in the prediction; last {@link ConfidenceCounts#toLongs()}, where there are
     * any.
     */
    public long[] toLongs() {
        if (boundary == null) {
            return confusion.clone();
        }
        long[] sure = confidence == null ? new long[0] : confidence.toLongs();
        int known = 1 + confusion.length + boundary.length;
        long[] numbers = new long[known + sure.length];
        numbers[0] = -classes;
        System.arraycopy(confusion, 0, numbers, 1, confusion.length);
        System.arraycopy(boundary, 0, numbers, 1 + confusion.length, boundary.length);
        System.arraycopy(sure, 0, numbers, known, sure.length);
        return numbers;
    }

    public int classes() {
        return classes;
    }

    /** How many pixels labelled {@code label} were predicted to be {@code prediction}. */
    public long count(int label, int prediction) {
        return confusion[label * classes + prediction];
    }

    void add(int label, int prediction, int pixels) {
        confusion[label * classes + prediction] += pixels;
    }

    /** Adds, of a run of pixels, how many lie on one or both of its boundaries. */
    void addBoundary(int label, int prediction, int onLabel, int onPrediction, int onBoth) {
        boundary[label * KINDS + LABELLED] += onLabel;
        boundary[prediction * KINDS + PREDICTED] += onPrediction;
        if (label == prediction) {
            boundary[label * KINDS + BOTH] += onBoth;
        }
    }

    /** Adds the counts of other pixels. */
    public void merge(PixelCounts other) {
        if (other.classes != classes) {
            throw new IllegalArgumentException(
                    "counts of " + other.classes + " classes do not add to those of " + classes);
        }
        add(confusion, other.confusion);
        if (boundary == null || other.boundary == null) {
            boundary = null;
        } else {
            add(boundary, other.boundary);
        }
        addConfidence(other.confidence);
    }

    /** Adds how sure the network was of pixels; null where that is not known. */
    public void addConfidence(ConfidenceCounts more) {
        if (more != null) {
            confidence = confidence == null ? new ConfidenceCounts() : confidence;
            confidence.merge(more);
        }
    }

    /** How sure the network was; null where nobody asked. */
    ConfidenceCounts confidence() {
        return confidence;
    }

    private static void add(long[] sum, long[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }

    /**
     * Intersection over union of the boundaries of a class; NaN where it has none in labels and
     * predictions, or where they were not counted.
     */
    double boundaryIou(int c) {
        if (boundary == null) {
            return Double.NaN;
        }
        long both = boundary[c * KINDS + BOTH];
        long either = boundary[c * KINDS + LABELLED] + boundary[c * KINDS + PREDICTED] - both;
        return (double) both / either;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PixelCounts counts && Arrays.equals(counts.toLongs(), toLongs());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toLongs());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("rows = label:");
        for (int label = 0; label < classes; label++) {
            int row = label * classes;
            text.append(' ')
                    .append(Arrays.toString(Arrays.copyOfRange(confusion, row, row + classes)));
        }
        return text.append("; boundaries ").append(Arrays.toString(boundary)).toString();
    }
}
