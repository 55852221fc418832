// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.frame.Rational;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * Sources to which something may be added while the job runs.
 *
 * @param sources none if nothing is watched
 * @param rate of pictures a second; null for what is usual, and a recording's own
 */
public record WatchedSources(List<Source> sources, Rational rate) implements Serializable {

    /** Nothing is watched. */
    public static final WatchedSources NONE = new WatchedSources(List.of(), null);

    public WatchedSources {
        sources = List.copyOf(sources);
    }

    /** Whether there is anything to watch, so that the job has no end of its own. */
    public boolean any() {
        return !sources.isEmpty();
    }

    /**
     * Source that is watched.
     *
     * @param given by the user
     * @param folder that it lies in, or is; absolute
     * @param pattern of a glob, below the folder; null for what lies in the folder
     */
    public record Source(String given, String folder, String pattern) implements Serializable {

        /** A folder's last part, or a glob, for people. */
        public String name() {
            Path last = Path.of(folder).getFileName();
            return pattern != null || last == null ? given : last.toString();
        }
    }
}
