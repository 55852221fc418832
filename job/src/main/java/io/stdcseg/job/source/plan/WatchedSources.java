// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.frame.Rational;
import java.io.Serializable;
import java.util.List;

/**
 * Sources to which something may be added while the job runs.
 *
 * @param sources directories and globs; empty if nothing is watched
 * @param rate of pictures a second; null for what is usual, and a recording's own
 */
public record WatchedSources(List<String> sources, Rational rate) implements Serializable {

    /** Nothing is watched. */
    public static final WatchedSources NONE = new WatchedSources(List.of(), null);

    public WatchedSources {
        sources = List.copyOf(sources);
    }

    /** Whether there is anything to watch, so that the job has no end of its own. */
    public boolean any() {
        return !sources.isEmpty();
    }
}
