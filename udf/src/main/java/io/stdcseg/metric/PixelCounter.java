// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import io.stdcseg.label.LabelSet;
import java.nio.ByteBuffer;

/**
 * Counter of a picture's pixels by label and prediction, and of those on the boundaries of classes
 * (Cheng et al., "Boundary IoU", CVPR 2021). Works on runs of equal pixels, of which there are few.
 * For pictures of one size; not thread-safe.
 *
 * <p>Pixels labelled {@link LabelSet#IGNORE} count nowhere, and are of no class in the prediction
 * either, so that a mask which equals its label has all its boundaries right.
 */
public final class PixelCounter {

    /** Half the width of a boundary as a share of the picture's diagonal, as published. */
    public static final double BOUNDARY = 0.02;

    static final int IGNORE = LabelSet.IGNORE;

    private final int columns;
    private final int rows;
    private final int classes;
    private final ClassBoundary labelled;
    private final ClassBoundary predicted;

    /**
     * @param boundary of the picture's diagonal; pixels that close to another class are on the
     *     boundary of theirs
     */
    public PixelCounter(int columns, int rows, int classes, double boundary) {
        this.columns = columns;
        this.rows = rows;
        this.classes = classes;
        int distance = Math.max(1, (int) Math.rint(boundary * Math.hypot(columns, rows)));
        this.labelled = new ClassBoundary(columns, rows, distance);
        this.predicted = new ClassBoundary(columns, rows, distance);
    }

    /**
     * Counts the pixels of a picture.
     *
     * @param labels {@code rows} rows of {@code columns} train ids, from position 0 on
     * @param predictions train ids of the same pixels
     * @throws IllegalArgumentException if a value is no train id
     */
    public PixelCounts count(ByteBuffer labels, ByteBuffer predictions) {
        if (labels.capacity() != columns * rows || predictions.capacity() < columns * rows) {
            throw new IllegalArgumentException(
                    labels.capacity()
                            + " labels for "
                            + predictions.capacity()
                            + " predictions of "
                            + columns
                            + "x"
                            + rows
                            + " pixels");
        }
        labelled.find(labels, null);
        predicted.find(predictions, labels);
        PixelCounts counts = PixelCounts.none(classes);
        for (int row = 0; row < rows; row++) {
            for (int first = 0; first < columns; first += BitMap.WORD) {
                count(labels, predictions, row, first, counts);
            }
        }
        return counts;
    }

    /** Counts up to 64 pixels of a row. */
    private void count(
            ByteBuffer labels, ByteBuffer predictions, int row, int first, PixelCounts counts) {
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
            if (label != IGNORE) {
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
}
