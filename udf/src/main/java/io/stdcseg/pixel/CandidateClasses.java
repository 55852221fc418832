// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import java.util.Arrays;

/**
 * Candidates for the argmax: classes that may win somewhere between some coarse nodes, ascending.
 */
final class CandidateClasses {

    private final CoarseScores scores;
    private final CoarseArgmax winners;
    private final int[] nodes;
    private final boolean[] wins;
    private final int[] ids;
    private int nodeCount;
    private int count;

    CandidateClasses(CoarseScores scores, CoarseArgmax winners) {
        this.scores = scores;
        this.winners = winners;
        this.nodes = new int[scores.rows() * scores.columns()];
        this.wins = new boolean[scores.classes()];
        this.ids = new int[scores.classes()];
    }

    int count() {
        return count;
    }

    int get(int i) {
        return ids[i];
    }

    /** Finds those of the nodes that some blocks depend on. */
    void find(AxisBlock rows, AxisBlock firstColumns, AxisBlock lastColumns) {
        nodeCount = 0;
        Arrays.fill(wins, false);
        for (int y = rows.start(0); y < rows.end(0); y++) {
            for (int x = firstColumns.start(0); x < lastColumns.end(0); x++) {
                nodes[nodeCount++] = scores.index(y, x);
                wins[winners.at(y, x)] = true;
            }
        }
        // Of scores that are not finite nothing is known.
        boolean all = scores.margin() == Float.POSITIVE_INFINITY;
        count = 0;
        for (int id = 0; id < ids.length; id++) {
            if (all || wins[id] || !isBeaten(id)) {
                ids[count++] = id;
            }
        }
    }

    /** Whether one of the nodes' winners is at least as good everywhere. */
    private boolean isBeaten(int id) {
        for (int other = 0; other < ids.length; other++) {
            if (wins[other] && beats(other, id)) {
                return true;
            }
        }
        return false;
    }

    /** The lower class takes the ties, the higher one must be larger in spite of rounding. */
    private boolean beats(int other, int id) {
        for (int i = 0; i < nodeCount; i++) {
            float lead = scores.get(nodes[i] + other) - scores.get(nodes[i] + id);
            if (other < id ? lead < 0 : lead <= scores.margin()) {
                return false;
            }
        }
        return true;
    }
}
