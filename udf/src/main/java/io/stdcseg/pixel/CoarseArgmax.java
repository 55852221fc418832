// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

/**
 * Argmax of the coarse scores: the class that wins at each node, and where it is sure to win
 * between nodes, too.
 */
final class CoarseArgmax {

    /** No class is sure to win. */
    static final int NONE = -1;

    private final CoarseScores scores;
    private final int[] best;
    private final int[] sure;
    private final int[] joined;

    CoarseArgmax(CoarseScores scores) {
        this.scores = scores;
        this.best = new int[scores.rows() * scores.columns()];
        this.sure = new int[best.length];
        this.joined = new int[scores.columns()];
    }

    /** Looks at new scores. */
    void update() {
        for (int node = 0; node < best.length; node++) {
            update(node, node * scores.classes());
        }
    }

    /**
     * Rounding keeps order but not strict order. A class that is nowhere smaller than those after
     * it wins against them, ties included; those before it take the ties, so that it must be larger
     * by the margin.
     */
    private void update(int node, int index) {
        int winner = 0;
        float most = scores.get(index);
        float mostBefore = Float.NEGATIVE_INFINITY;
        for (int id = 1; id < scores.classes(); id++) {
            float score = scores.get(index + id);
            if (score > most) {
                mostBefore = most;
                most = score;
                winner = id;
            }
        }
        best[node] = winner;
        sure[node] = most - mostBefore > scores.margin() ? winner : NONE;
    }

    /** The class of the largest score at a node, the lowest of several. */
    int at(int row, int column) {
        return best[row * scores.columns() + column];
    }

    /** Looks at a block of rows from now on. */
    void join(AxisBlock rows) {
        int columns = scores.columns();
        System.arraycopy(sure, rows.start(0) * columns, joined, 0, columns);
        for (int row = rows.start(0) + 1; row < rows.end(0); row++) {
            for (int x = 0; x < columns; x++) {
                if (sure[row * columns + x] != joined[x]) {
                    joined[x] = NONE;
                }
            }
        }
    }

    /** The class that wins wherever the joined rows meet a block of columns, or {@link #NONE}. */
    int of(AxisBlock columns) {
        int winner = joined[columns.start(0)];
        for (int x = columns.start(0) + 1; x < columns.end(0); x++) {
            if (joined[x] != winner) {
                return NONE;
            }
        }
        return winner;
    }
}
