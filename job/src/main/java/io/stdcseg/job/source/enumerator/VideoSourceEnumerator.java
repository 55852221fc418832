// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import io.stdcseg.job.source.split.VideoSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Hands out splits, one at a time, to readers that ask.
 *
 * <p>Runs in the JobManager, where a native crash would end every job: it opens no file.
 */
public final class VideoSourceEnumerator implements SplitEnumerator<VideoSplit, EnumeratorState> {

    private final SplitEnumeratorContext<VideoSplit> context;
    private final Deque<VideoSplit> unassigned;

    public VideoSourceEnumerator(
            SplitEnumeratorContext<VideoSplit> context, Collection<VideoSplit> unassigned) {
        this.context = context;
        this.unassigned = new ArrayDeque<>(unassigned);
    }

    @Override
    public void start() {
        // Readers ask on their own.
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        if (!context.registeredReaders().containsKey(subtaskId)) {
            // It failed after it asked; its next attempt asks again.
            return;
        }
        VideoSplit next = unassigned.poll();
        if (next == null) {
            context.signalNoMoreSplits(subtaskId);
        } else {
            context.assignSplit(next, subtaskId);
        }
    }

    @Override
    public void addSplitsBack(List<VideoSplit> splits, int subtaskId) {
        List<VideoSplit> inOrder = new ArrayList<>(splits);
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            unassigned.addFirst(inOrder.get(i));
        }
    }

    @Override
    public void addReader(int subtaskId) {
        // It asks when it is ready.
    }

    @Override
    public EnumeratorState snapshotState(long checkpointId) {
        return new EnumeratorState(List.copyOf(unassigned));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
