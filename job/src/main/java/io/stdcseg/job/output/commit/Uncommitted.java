// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Results that no completed checkpoint covers yet, in the order they came: what a writer must not
 * publish before, and keeps in its state until then. For one thread at a time.
 */
public final class Uncommitted<T> {

    private final NavigableMap<Long, List<T>> byCheckpoint = new TreeMap<>();
    private List<T> sinceCheckpoint = new ArrayList<>();

    public void add(T result) {
        sinceCheckpoint.add(result);
    }

    /** Takes a checkpoint, which covers all that came before; what it must keep. */
    public List<T> snapshot(long checkpointId) {
        byCheckpoint.put(checkpointId, sinceCheckpoint);
        sinceCheckpoint = new ArrayList<>();
        return flat(byCheckpoint);
    }

    /**
     * Takes out what a completed checkpoint covers: also what those before it do, whose completion
     * nobody may have told.
     */
    public List<T> takeCoveredBy(long checkpointId) {
        NavigableMap<Long, List<T>> covered = byCheckpoint.headMap(checkpointId, true);
        List<T> results = flat(covered);
        covered.clear();
        return results;
    }

    /** Takes out everything, at an end that no checkpoint follows. */
    public List<T> takeAll() {
        List<T> results = flat(byCheckpoint);
        results.addAll(sinceCheckpoint);
        byCheckpoint.clear();
        sinceCheckpoint = new ArrayList<>();
        return results;
    }

    private static <T> List<T> flat(NavigableMap<Long, List<T>> lists) {
        List<T> all = new ArrayList<>();
        lists.values().forEach(all::addAll);
        return all;
    }
}
