// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import io.stdcseg.label.LabelSet;
import io.stdcseg.training.loss.LossOptions.DetailRule;
import java.nio.FloatBuffer;

/**
 * Detail target: where the boundaries between classes are, seen at full and at half size.
 *
 * <p>The published code filters the labels with a Laplacian at strides 1, 2 and 4, cuts the results
 * at 0.1, enlarges them and adds them up with the weights 0.6, 0.3 and 0.1, which it cuts at 0.1
 * again. Single precision's 0.1 is not above 0.1, so what only stride 4 sees never counts.
 */
final class DetailTarget {

    private final LabelBatch labels;
    private final DetailRule rule;

    DetailTarget(LabelBatch labels, DetailRule rule) {
        this.labels = labels;
        this.rule = rule;
    }

    /** Writes 1 for boundaries and 0 for others: (pictures, rows, columns). */
    void write(FloatBuffer target) {
        int halfRows = (labels.rows() + 1) / 2;
        int halfColumns = (labels.columns() + 1) / 2;
        boolean[] half = new boolean[halfRows * halfColumns];
        int at = 0;
        for (int p = 0; p < labels.pictures(); p++) {
            for (int y = 0; y < halfRows; y++) {
                for (int x = 0; x < halfColumns; x++) {
                    half[y * halfColumns + x] = isBoundary(p, 2 * y, 2 * x);
                }
            }
            for (int y = 0; y < labels.rows(); y++) {
                int halfRow = nearest(y, halfRows, labels.rows()) * halfColumns;
                for (int x = 0; x < labels.columns(); x++) {
                    boolean coarse = half[halfRow + nearest(x, halfColumns, labels.columns())];
                    target.put(at++, coarse || isBoundary(p, y, x) ? 1 : 0);
                }
            }
        }
    }

    /** The pixel of a small map that nearest-neighbour enlarging takes, as PyTorch rounds. */
    private static int nearest(int i, int small, int large) {
        return Math.min((int) (i * ((float) small / large)), small - 1);
    }

    private boolean isBoundary(int picture, int row, int column) {
        return switch (rule) {
            case CORRECTED -> differsFromNeighbour(picture, row, column);
            case PUBLISHED -> laplacian(picture, row, column) > 0;
        };
    }

    private boolean differsFromNeighbour(int picture, int row, int column) {
        int id = labels.id(picture, row, column);
        if (id == LabelSet.IGNORE) {
            return false;
        }
        int lastRow = Math.min(row + 1, labels.rows() - 1);
        int lastColumn = Math.min(column + 1, labels.columns() - 1);
        for (int y = Math.max(row - 1, 0); y <= lastRow; y++) {
            for (int x = Math.max(column - 1, 0); x <= lastColumn; x++) {
                int other = labels.id(picture, y, x);
                if (other != id && other != LabelSet.IGNORE) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Eight times the id minus its neighbours', zeros around the picture. */
    private int laplacian(int picture, int row, int column) {
        int sum = 9 * labels.id(picture, row, column);
        int lastRow = Math.min(row + 1, labels.rows() - 1);
        int lastColumn = Math.min(column + 1, labels.columns() - 1);
        for (int y = Math.max(row - 1, 0); y <= lastRow; y++) {
            for (int x = Math.max(column - 1, 0); x <= lastColumn; x++) {
                sum -= labels.id(picture, y, x);
            }
        }
        return sum;
    }
}
