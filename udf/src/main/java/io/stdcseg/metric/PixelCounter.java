// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import io.stdcseg.label.LabelSet;
import java.nio.ByteBuffer;

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

    private final int classes;
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
    }

    /**
     * Counts the pixels of a picture.
     *
     * @param columns of the picture
     * @param labels rows of {@code columns} train ids, from position 0 to the buffer's capacity
     * @param predictions train ids of the same pixels
     * @param counts of as many classes, to which they are added
     * @throws IllegalArgumentException if a value is no train id; the pixels before it are counted
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
        boundaries.labelled.find(labels, null);
        boundaries.predicted.find(predictions, labels);
        for (int row = 0; row < rows; row++) {
            for (int first = 0; first < columns; first += BitMap.WORD) {
                count(labels, predictions, row, first, counts);
            }
        }
    }

    /** Counts up to 64 pixels of a row. */
    private void count(
            ByteBuffer labels, ByteBuffer predictions, int row, int first, PixelCounts counts) {
        ClassBoundary labelled = boundaries.labelled;
        ClassBoundary predicted = boundaries.predicted;
        int columns = boundaries.columns();
        int word = first / BitMap.WORD;
        int pixels = Math.min(BitMap.WORD, columns - first);
        long ends = labelled.changes(row, word) | predicted.changes(row, word);
        long onLabel = labelled.boundary(row, word);
        long onPrediction = predicted.boundary(row, word);
        int begin = 0;
        while (begin < pixels) {
            int length = 1 + Long.numberOfTrailingZeros(ends >>> begin);
            int end = Math.min(pixels, begin + length);
            int at = row * columns + first + begin;
            int label = labels.get(at) & 255;
            if (label != LabelSet.IGNORE) {
                int prediction = predictions.get(at) & 255;
                require(label, prediction, at);
                long run = BitMap.ones(end - begin) << begin;
                counts.add(label, prediction, end - begin);
                counts.addBoundary(
                        label,
                        prediction,
                        Long.bitCount(run & onLabel),
                        Long.bitCount(run & onPrediction),
                        Long.bitCount(run & onLabel & onPrediction));
            }
            begin = end;
        }
    }

    private void require(int label, int prediction, int at) {
        if (label >= classes || prediction >= classes) {
            throw new IllegalArgumentException(
                    "label "
                            + label
                            + " and prediction "
                            + prediction
                            + " of pixel "
                            + at
                            + " are not both below "
                            + classes);
        }
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
