// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.metric.MaskLattice;
import java.io.Serializable;

/**
 * Latest mask of a range, as state: a few kilobytes.
 *
 * @param index number of its frame in the stream
 * @param timeNanos stream time
 * @param runs see {@link MaskLattice#toRuns()}
 */
public record LatestMask(
        String stream, int range, long index, long timeNanos, int columns, int rows, byte[] runs)
        implements Serializable {

    MaskLattice lattice() {
        return MaskLattice.ofRuns(columns, rows, runs);
    }
}
