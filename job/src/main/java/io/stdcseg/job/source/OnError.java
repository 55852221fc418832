// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source;

/**
 * What happens on damage, and on a source of which nothing can be read. The one is left out,
 * counted and reported, or it ends the job with one line and without a restart.
 */
public enum OnError {
    /**
     * Damaged pictures and torn ends are left out; a source of which nothing can be read ends it.
     */
    DAMAGED,
    /** The first damage ends it, as does a source that cannot be read. */
    FAIL,
    /** Whatever cannot be read is left out. */
    SKIP;

    /** Whether a damaged picture or a torn end is left out. */
    public boolean leavesDamageOut() {
        return this != FAIL;
    }

    /** Whether a source of which nothing can be read is left out. */
    public boolean leavesSourcesOut() {
        return this == SKIP;
    }
}
