// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import io.stdcseg.job.source.split.VideoSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Split enumerator: hands out splits, one at a time, to readers that ask. No checkpoint is made
 * before all readers are there.
 *
 * <p>Runs in the JobManager, where a native crash would end every job: it opens no file.
 */
public final class VideoSourceEnumerator
        implements SplitEnumerator<VideoSplit, VideoSourceEnumerator.EnumeratorState> {

    private static final long PATIENCE_CHECK_MILLIS = 5_000;

    private final SplitEnumeratorContext<VideoSplit> context;
    private final Deque<VideoSplit> unassigned;
    private final AbsentReaders absent;

    public VideoSourceEnumerator(
            SplitEnumeratorContext<VideoSplit> context, Collection<VideoSplit> unassigned) {
        this(context, unassigned, System::nanoTime);
    }

    VideoSourceEnumerator(
            SplitEnumeratorContext<VideoSplit> context,
            Collection<VideoSplit> unassigned,
            LongSupplier nanoClock) {
        this.context = context;
        this.absent = new AbsentReaders(context, nanoClock);
        this.unassigned = new ArrayDeque<>(unassigned);
    }

    @Override
    public void start() {
        for (int subtask = 0; subtask < context.currentParallelism(); subtask++) {
            absent.left(subtask);
        }
        context.callAsync(
                () -> null,
                (nothing, error) -> absent.giveUpIfLate(),
                PATIENCE_CHECK_MILLIS,
                PATIENCE_CHECK_MILLIS);
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
        absent.left(subtaskId);
        List<VideoSplit> inOrder = new ArrayList<>(splits);
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            unassigned.addFirst(inOrder.get(i));
        }
    }

    @Override
    public void addReader(int subtaskId) {
        // It asks for splits when it is ready.
        absent.came(subtaskId);
    }

    @Override
    public EnumeratorState snapshotState(long checkpointId) {
        return new EnumeratorState(List.copyOf(unassigned));
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    /**
     * State of the enumerator in a checkpoint.
     *
     * @param unassigned splits that no reader has, in the order they will be handed out
     */
    public record EnumeratorState(List<VideoSplit> unassigned) {

        public EnumeratorState {
            unassigned = List.copyOf(unassigned);
        }
    }
}
