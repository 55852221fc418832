// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Confidence at each pixel of a picture, from coarse scores: at each node of the coarse grid the
 * highest softmax score, and its margin over the second highest, are taken; both are enlarged
 * bilinearly to the picture, corners on corners, and rounded to 8 bits. Not thread-safe: scratch is
 * reused.
 */
public final class UpsampledConfidence {

    private static final int ONE = 255;

    private final int classes;
    private final AxisInterpolation rows;
    private final AxisInterpolation columns;
    private final float[] margins;
    private final float[] highest;
    private final float[] row;
    private final byte[] line;
    private final int coarseWidth;

    /**
     * Plan for one size.
     *
     * @param classes at least 1
     */
    public UpsampledConfidence(
            int classes, int coarseHeight, int coarseWidth, int height, int width) {
        this.classes = classes;
        this.coarseWidth = coarseWidth;
        this.rows = new AxisInterpolation(coarseHeight, height);
        this.columns = new AxisInterpolation(coarseWidth, width);
        this.margins = new float[coarseHeight * coarseWidth];
        this.highest = new float[coarseHeight * coarseWidth];
        this.row = new float[coarseWidth];
        this.line = new byte[width];
    }

    /**
     * Writes the confidence of one picture. Positions of the buffers are neither used nor changed.
     *
     * @param scores (rows, columns, classes) of the coarse grid, before softmax
     * @param confidence margins of all the picture's pixels, then their highest scores
     */
    public void write(FloatBuffer scores, ByteBuffer confidence) {
        for (int node = 0; node < margins.length; node++) {
            softmax(scores, node);
        }
        enlarge(margins, confidence, 0);
        enlarge(highest, confidence, rows.out() * columns.out());
    }

    private void softmax(FloatBuffer scores, int node) {
        float first = Float.NEGATIVE_INFINITY;
        float second = Float.NEGATIVE_INFINITY;
        for (int id = 0; id < classes; id++) {
            float score = scores.get(node * classes + id);
            if (score > first) {
                second = first;
                first = score;
            } else if (score > second) {
                second = score;
            }
        }
        double sum = 0;
        for (int id = 0; id < classes; id++) {
            sum += Math.exp(scores.get(node * classes + id) - first);
        }
        // Scores that are no numbers are nothing to rely on.
        highest[node] = sum >= 1 ? (float) (1 / sum) : 0;
        margins[node] = sum >= 1 ? (float) ((1 - Math.exp(second - first)) / sum) : 0;
    }

    private void enlarge(float[] coarse, ByteBuffer target, int offset) {
        for (int y = 0; y < rows.out(); y++) {
            int first = rows.first(y) * coarseWidth;
            int second = rows.second(y) * coarseWidth;
            float upper = rows.firstWeight(y) * ONE;
            float lower = rows.secondWeight(y) * ONE;
            for (int x = 0; x < coarseWidth; x++) {
                row[x] = upper * coarse[first + x] + lower * coarse[second + x];
            }
            for (int x = 0; x < line.length; x++) {
                line[x] =
                        (byte)
                                (columns.firstWeight(x) * row[columns.first(x)]
                                        + columns.secondWeight(x) * row[columns.second(x)]
                                        + 0.5f);
            }
            target.put(offset + y * line.length, line);
        }
    }
}
