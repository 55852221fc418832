// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import io.stdcseg.label.LabelSet;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Confusion matrix: exact counts of the class that pixels of each class were given, from which
 * every score follows. Matrices of parts add up to the matrix of the whole. Not thread-safe.
 */
public final class ConfusionMatrix implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int classes;
    private final long[] counts;

    /** A matrix of zeros. */
    public ConfusionMatrix(int classes) {
        this(classes, new long[classes * classes]);
    }

    private ConfusionMatrix(int classes, long[] counts) {
        this.classes = classes;
        this.counts = counts;
    }

    /** The matrix that {@link #toLongs()} wrote. */
    public static ConfusionMatrix fromLongs(long[] counts) {
        int classes = (int) Math.round(Math.sqrt(counts.length));
        if (classes * classes != counts.length) {
            throw new IllegalArgumentException(
                    counts.length + " counts are not those of a square matrix");
        }
        return new ConfusionMatrix(classes, counts.clone());
    }

    /** The counts row by row; a row is a label. */
    public long[] toLongs() {
        return counts.clone();
    }

    public int classes() {
        return classes;
    }

    /** How many pixels labelled {@code label} were predicted to be {@code prediction}. */
    public long count(int label, int prediction) {
        return counts[label * classes + prediction];
    }

    /**
     * Counts the pixels of a picture; those labelled {@link LabelSet#IGNORE} count nowhere.
     *
     * @param labels train ids, from position 0 to the buffer's capacity
     * @param predictions train ids of the same pixels
     * @throws IllegalArgumentException if a value is no train id; the pixels before it are counted
     */
    public void add(ByteBuffer labels, ByteBuffer predictions) {
        int pixels = labels.capacity();
        if (predictions.capacity() != pixels) {
            throw new IllegalArgumentException(
                    pixels + " labels for " + predictions.capacity() + " predictions");
        }
        for (int i = 0; i < pixels; i++) {
            int label = labels.get(i) & 255;
            if (label == LabelSet.IGNORE) {
                continue;
            }
            int prediction = predictions.get(i) & 255;
            if (label >= classes || prediction >= classes) {
                throw new IllegalArgumentException(
                        "label "
                                + label
                                + " and prediction "
                                + prediction
                                + " of pixel "
                                + i
                                + " are not both below "
                                + classes);
            }
            counts[label * classes + prediction]++;
        }
    }

    /** Adds the counts of other pixels. */
    public void merge(ConfusionMatrix other) {
        if (other.classes != classes) {
            throw new IllegalArgumentException(
                    "a matrix of " + other.classes + " classes does not add to one of " + classes);
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix matrix && Arrays.equals(matrix.counts, counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("rows = label:");
        for (int label = 0; label < classes; label++) {
            text.append(' ')
                    .append(
                            Arrays.toString(
                                    Arrays.copyOfRange(
                                            counts, label * classes, (label + 1) * classes)));
        }
        return text.toString();
    }
}
