// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

import io.stdcseg.batch.BatchQueue.Pending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Batching policy, which items go together and when: a batch is ready when it has enough items,
 * when its first item has waited long enough, or when it was flushed. Not thread-safe.
 */
final class BatchDecision<I, O> {

    static final long NEVER = Long.MAX_VALUE;

    private final int enough;
    private final long timeoutNanos;
    private final Map<Object, Deque<Pending<I, O>>> groups = new LinkedHashMap<>();
    private int maxBatch;
    private long nextSequence;
    private long flushedBefore;
    private int size;

    /**
     * @param enough items that make a batch ready; it takes those that are there, up to {@code
     *     maxBatch}
     */
    BatchDecision(int maxBatch, int enough, long timeoutNanos) {
        this.maxBatch = maxBatch;
        this.enough = enough;
        this.timeoutNanos = timeoutNanos;
    }

    int size() {
        return size;
    }

    int maxBatch() {
        return maxBatch;
    }

    /** Halves the largest batch until it is smaller than that many items, or holds one. */
    void shrinkBelow(int items) {
        while (maxBatch >= items && maxBatch > 1) {
            maxBatch /= 2;
        }
    }

    long nextSequence() {
        return nextSequence++;
    }

    void add(Pending<I, O> pending) {
        groups.computeIfAbsent(pending.key(), key -> new ArrayDeque<>()).add(pending);
        size++;
    }

    /** Makes all items that are here now ready. */
    void flush() {
        flushedBefore = nextSequence;
    }

    /**
     * How long until a batch is ready if nothing else arrives; 0 if one is, else {@link #NEVER}.
     */
    long nanosUntilReady(long now) {
        long least = NEVER;
        for (Deque<Pending<I, O>> group : groups.values()) {
            least = Math.min(least, nanosUntilReady(group, now));
        }
        return least;
    }

    /** Takes the ready batch whose first item came first; empty if none is ready. */
    List<Pending<I, O>> next(long now) {
        Deque<Pending<I, O>> chosen = null;
        for (Deque<Pending<I, O>> group : groups.values()) {
            if (nanosUntilReady(group, now) == 0
                    && (chosen == null
                            || group.element().sequence() < chosen.element().sequence())) {
                chosen = group;
            }
        }
        return chosen == null ? List.of() : take(chosen, maxBatch);
    }

    /** Takes everything, ready or not. */
    List<Pending<I, O>> removeAll() {
        List<Pending<I, O>> all = new ArrayList<>(size);
        groups.values().forEach(all::addAll);
        groups.clear();
        size = 0;
        return all;
    }

    private long nanosUntilReady(Deque<Pending<I, O>> group, long now) {
        Pending<I, O> first = group.element();
        if (group.size() >= Math.min(enough, maxBatch) || first.sequence() < flushedBefore) {
            return 0;
        }
        return Math.max(0, timeoutNanos - (now - first.arrivedNanos()));
    }

    private List<Pending<I, O>> take(Deque<Pending<I, O>> group, int most) {
        Object key = group.element().key();
        List<Pending<I, O>> batch = new ArrayList<>(Math.min(most, group.size()));
        while (batch.size() < most && !group.isEmpty()) {
            batch.add(group.remove());
        }
        if (group.isEmpty()) {
            groups.remove(key);
        }
        size -= batch.size();
        return batch;
    }
}
