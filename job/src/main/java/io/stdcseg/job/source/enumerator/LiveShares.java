// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.job.source.split.VideoSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Shares of the readers in live streams: as many for each as there are, or one less. They have no
 * end, so none is kept for who has finished another. For one thread at a time.
 */
final class LiveShares {

    private final SplitEnumeratorContext<VideoSplit> context;
    private final Deque<VideoSplit> unassigned = new ArrayDeque<>();
    private final Map<Integer, Integer> assigned = new HashMap<>();
    private int all;

    LiveShares(SplitEnumeratorContext<VideoSplit> context) {
        this.context = context;
    }

    /** Takes those of the splits that are live; returns the others. */
    List<VideoSplit> take(List<VideoSplit> splits) {
        List<VideoSplit> others = new ArrayList<>();
        for (VideoSplit split : splits) {
            if (split.stream().kind() == StreamKind.LIVE) {
                unassigned.add(split);
            } else {
                others.add(split);
            }
        }
        all = Math.max(all, unassigned.size() + assigned.values().stream().mapToInt(n -> n).sum());
        return others;
    }

    /** Gives a reader its share, or what is missing of it. */
    void assign(int subtask) {
        int readers = Math.max(1, context.currentParallelism());
        int share = (all + readers - 1) / readers;
        while (!unassigned.isEmpty() && assigned.getOrDefault(subtask, 0) < share) {
            context.assignSplit(unassigned.remove(), subtask);
            assigned.merge(subtask, 1, Integer::sum);
        }
    }

    /** A reader has gone; what it had not saved comes back by {@link #take}. */
    void left(int subtask) {
        assigned.remove(subtask);
    }

    /** Those that no reader has. */
    List<VideoSplit> unassigned() {
        return List.copyOf(unassigned);
    }
}
