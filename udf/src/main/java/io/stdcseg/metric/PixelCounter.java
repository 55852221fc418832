// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import io.stdcseg.label.LabelSet;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Counter of pictures' pixels by label and prediction, and of those on the boundaries of classes
 * (Cheng et al., "Boundary IoU", CVPR 2021). Works on runs of equal pixels, of which there are few.
 * Fastest where pictures of one size follow each other; not thread-safe.
 *
 * <p>Pixels labelled {@link LabelSet#IGNORE} count nowhere, and are of no class in the prediction
 * either, so that a mask which equals its label has all its boundaries right.
 */
public final class PixelCounter {

    /** How far a boundary reaches into its class, as a share of the picture's diagonal. */
    public static final double BOUNDARY = 0.02;

    /** Kinds of pixels of a label and a prediction: all, and those on boundaries. */
    private static final int LABELLED = 1;

    private static final int PREDICTED = 2;
    private static final int BOTH = 3;
    private static final int KINDS = 4;

    private final int classes;
    private final int[] tally;
    private final double boundary;
    private Boundaries boundaries;

    /** With boundaries as published. */
    public PixelCounter(int classes) {
        this(classes, BOUNDARY);
    }

    /**
     * @param boundary of a picture's diagonal: pixels that close to another class are on the
     *     boundary of theirs
     */
    public PixelCounter(int classes, double boundary) {
        this.classes = classes;
        this.boundary = boundary;
        this.tally = new int[KINDS * classes * classes];
    }

    /**
     * Counts the pixels of a picture.
     *
     * @param columns of the picture
     * @param labels rows of {@code columns} train ids, from position 0 to the buffer's capacity
     * @param predictions train ids of the same pixels
     * @param counts of as many classes, to which they are added
     * @throws IllegalArgumentException if a value is no train id; nothing is counted then
     */
    public void count(int columns, ByteBuffer labels, ByteBuffer predictions, PixelCounts counts) {
        if (labels.capacity() != predictions.capacity()) {
            throw new IllegalArgumentException(
                    labels.capacity() + " labels for " + predictions.capacity() + " predictions");
        }
        int rows = labels.capacity() / columns;
        if (boundaries == null || boundaries.columns() != columns || boundaries.rows() != rows) {
            boundaries = Boundaries.of(columns, rows, boundary);
        }
        ClassBoundary labelled = boundaries.labelled;
        ClassBoundary predicted = boundaries.predicted;
        for (int row = 0; row < rows; row++) {
            labelled.take(row, labels, null);
            predicted.take(row, predictions, labelled);
        }
        labelled.finish();
        predicted.finish();
        Arrays.fill(tally, 0);
        for (int row = 0; row < rows; row++) {
            count(labels, predictions, row);
        }
        addTo(counts);
    }

    private void count(ByteBuffer labels, ByteBuffer predictions, int row) {
        ClassBoundary labelled = boundaries.labelled;
        ClassBoundary predicted = boundaries.predicted;
        int columns = boundaries.columns();
        for (int word = 0; word * BitMap.WORD < columns; word++) {
            int first = word * BitMap.WORD;
            long ends = labelled.changes(row, word) | predicted.changes(row, word);
            long onLabel = labelled.boundary(row, word);
            long onPrediction = predicted.boundary(row, word);
            long left = BitMap.ones(Math.min(BitMap.WORD, columns - first));
            while (left != 0) {
                int pixel = row * columns + first + Long.numberOfTrailingZeros(left);
                // All bits up to the next end, that one too.
                long run = (ends ^ (ends - 1)) & left;
                ends &= ends - 1;
                left ^= run;
                int label = labels.get(pixel) & 255;
                if (label != LabelSet.IGNORE) {
                    int prediction = predictions.get(pixel) & 255;
                    if (label >= classes || prediction >= classes) {
                        throw noTrainId(label, prediction, pixel);
                    }
                    int at = (label * classes + prediction) * KINDS;
                    tally[at] += Long.bitCount(run);
                    tally[at + LABELLED] += Long.bitCount(run & onLabel);
                    tally[at + PREDICTED] += Long.bitCount(run & onPrediction);
                    tally[at + BOTH] += Long.bitCount(run & onLabel & onPrediction);
                }
            }
        }
    }

    private void addTo(PixelCounts counts) {
        for (int label = 0, at = 0; label < classes; label++) {
            for (int prediction = 0; prediction < classes; prediction++, at += KINDS) {
                counts.add(label, prediction, tally[at]);
                counts.addBoundary(
                        label,
                        prediction,
                        tally[at + LABELLED],
                        tally[at + PREDICTED],
                        tally[at + BOTH]);
            }
        }
    }

    private IllegalArgumentException noTrainId(int label, int prediction, int at) {
        return new IllegalArgumentException(
                "label "
                        + label
                        + " and prediction "
                        + prediction
                        + " of pixel "
                        + at
                        + " are not both below "
                        + classes);
    }

    /** Boundaries in pictures of one size. */
    private record Boundaries(
            int columns, int rows, ClassBoundary labelled, ClassBoundary predicted) {

        static Boundaries of(int columns, int rows, double share) {
            int distance = Math.max(1, (int) Math.rint(share * Math.hypot(columns, rows)));
            return new Boundaries(
                    columns,
                    rows,
                    new ClassBoundary(columns, rows, distance),
                    new ClassBoundary(columns, rows, distance));
        }
    }
}
