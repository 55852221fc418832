// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import io.stdcseg.error.WarnOnce;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.SourceWatcher;
import io.stdcseg.job.source.plan.WatchState;
import io.stdcseg.job.source.split.StreamRanges;
import io.stdcseg.job.source.split.VideoSplit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Split enumerator: hands out splits, one at a time, to readers that ask. A reader that gets an
 * uncut stream tells its ranges, which are handed out next; others wait for them meanwhile. No
 * checkpoint is made before all readers are there.
 *
 * <p>Live streams are dealt out to all readers at once, beside what those ask for.
 *
 * <p>Where sources are watched it looks for new ones now and then, and readers wait for them for
 * ever.
 *
 * <p>Runs in the JobManager, where a native crash would end every job: it opens no file.
 */
public final class VideoSourceEnumerator implements SplitEnumerator<VideoSplit, EnumeratorState> {

    private static final Logger LOG = LoggerFactory.getLogger(VideoSourceEnumerator.class);
    private static final long PATIENCE_CHECK_MILLIS = 5_000;
    private static final long WATCH_MILLIS = 1_000;

    private final SplitEnumeratorContext<VideoSplit> context;
    private final Deque<VideoSplit> unassigned;
    private final Map<String, PlannedStream> uncut = new LinkedHashMap<>();
    private final Set<Integer> waiting = new LinkedHashSet<>();
    private final LiveShares live;
    private final AbsentReaders absent;
    private final SourceWatcher watcher;

    /**
     * @param watcher null if nothing is watched
     */
    public VideoSourceEnumerator(
            SplitEnumeratorContext<VideoSplit> context,
            EnumeratorState state,
            SourceWatcher watcher) {
        this(context, state, watcher, System::nanoTime);
    }

    VideoSourceEnumerator(
            SplitEnumeratorContext<VideoSplit> context,
            EnumeratorState state,
            SourceWatcher watcher,
            LongSupplier nanoClock) {
        this.context = context;
        this.watcher = watcher;
        this.absent = new AbsentReaders(context, nanoClock);
        this.live = new LiveShares(context);
        this.unassigned = new ArrayDeque<>(live.take(state.unassigned()));
        state.uncut().forEach(stream -> uncut.put(stream.name(), stream));
    }

    @Override
    public void start() {
        context.metricGroup().setUnassignedSplitsGauge(() -> (long) unassigned.size());
        for (int subtask = 0; subtask < context.currentParallelism(); subtask++) {
            absent.left(subtask);
        }
        context.callAsync(
                () -> null,
                (nothing, error) -> absent.giveUpIfLate(),
                PATIENCE_CHECK_MILLIS,
                PATIENCE_CHECK_MILLIS);
        if (watcher != null) {
            context.callAsync(watcher::look, this::takeUp, 0, WATCH_MILLIS);
        }
    }

    /** Folders may be away for a while. */
    private void takeUp(List<SourceWatcher.Found> found, Throwable error) {
        if (error != null) {
            WarnOnce.once(LOG, "watch: " + error.getMessage());
            return;
        }
        for (PlannedStream stream : watcher.take(found)) {
            unassigned.add(VideoSplit.first(stream));
        }
        serveWaiting();
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        live.assign(subtaskId);
        waiting.add(subtaskId);
        serveWaiting();
    }

    private void serveWaiting() {
        // Who failed after it asked asks again in its next attempt.
        waiting.retainAll(context.registeredReaders().keySet());
        Iterator<Integer> readers = waiting.iterator();
        while (readers.hasNext() && !(unassigned.isEmpty() && mayGetMore())) {
            int subtask = readers.next();
            readers.remove();
            VideoSplit next = unassigned.poll();
            if (next == null) {
                context.signalNoMoreSplits(subtask);
            } else {
                if (next.isUncut()) {
                    uncut.put(next.stream().name(), next.stream());
                }
                context.assignSplit(next, subtask);
            }
        }
    }

    private boolean mayGetMore() {
        return watcher != null || !uncut.isEmpty();
    }

    @Override
    public void handleSourceEvent(int subtaskId, SourceEvent event) {
        if (!(event instanceof StreamRanges news)) {
            throw new IllegalArgumentException("unknown event " + event);
        }
        // A reader that is restored tells again what is known.
        PlannedStream stream = uncut.remove(news.stream());
        if (stream != null) {
            putFirst(splits(stream, news));
        }
        if (context.registeredReaders().containsKey(subtaskId)) {
            context.sendEventToSourceReader(subtaskId, new StreamRanges.Taken(news.stream()));
        }
        serveWaiting();
    }

    /** A video that does not open stays where it was found, or is read for the reason why. */
    private List<VideoSplit> splits(PlannedStream stream, StreamRanges news) {
        if (!news.extents().isEmpty()) {
            if (watcher != null) {
                watcher.opened(stream);
            }
            return VideoSplit.cut(stream, news.extents());
        }
        boolean left = watcher != null && watcher.giveBack(stream);
        return left ? List.of() : List.of(VideoSplit.whole(stream));
    }

    @Override
    public void addSplitsBack(List<VideoSplit> splits, int subtaskId) {
        absent.left(subtaskId);
        waiting.remove(subtaskId);
        live.left(subtaskId);
        // The ranges of an uncut stream that is back may have come meanwhile.
        putFirst(
                live.take(splits).stream()
                        .filter(
                                split ->
                                        !split.isUncut()
                                                || uncut.remove(split.stream().name()) != null)
                        .toList());
        serveWaiting();
    }

    private void putFirst(List<VideoSplit> splits) {
        for (int i = splits.size() - 1; i >= 0; i--) {
            unassigned.addFirst(splits.get(i));
        }
    }

    @Override
    public void addReader(int subtaskId) {
        // It asks for splits when it is ready.
        absent.came(subtaskId);
    }

    @Override
    public EnumeratorState snapshotState(long checkpointId) {
        return new EnumeratorState(
                Stream.concat(live.unassigned().stream(), unassigned.stream()).toList(),
                List.copyOf(uncut.values()),
                watcher == null ? WatchState.EMPTY : watcher.state());
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
