// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.job.source.split.VideoSplit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Readers of a slot's live splits, which take turns: each stream that has something hands over one
 * frame, then the next. Used by the decoding thread, but for {@link #wakeUp()}.
 */
final class LiveReaders implements AutoCloseable {

    private final BiFunction<VideoSplit, Runnable, LiveReader> factory;
    private final Deque<LiveReader> turns = new ArrayDeque<>();
    private final Object lock = new Object();
    private boolean changed;

    /**
     * @param factory makes the reader of a split, which tells when there may be something to read
     */
    LiveReaders(BiFunction<VideoSplit, Runnable, LiveReader> factory) {
        this.factory = factory;
    }

    static boolean isLive(VideoSplit split) {
        return split.stream().kind() == StreamKind.LIVE;
    }

    void add(VideoSplit split) {
        turns.add(factory.apply(split, this::wakeUp));
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    /** What one of the readers hands over, whose turn it was; null if none has anything. */
    Read next() throws InterruptedException {
        for (int i = turns.size(); i > 0; i--) {
            LiveReader reader = turns.remove();
            turns.add(reader);
            Handover.Elements elements = reader.next();
            if (elements != null) {
                if (reader.ended()) {
                    turns.removeLast();
                    reader.close();
                }
                return new Read(reader.split(), elements, reader.ended());
            }
        }
        return null;
    }

    /**
     * What a reader handed over.
     *
     * @param last whether nothing follows
     */
    record Read(VideoSplit split, Handover.Elements elements, boolean last) {}

    /** Waits until there may be something, or somebody wakes it. */
    void await() throws InterruptedException {
        long wait =
                turns.stream()
                        .mapToLong(LiveReader::nanosToProgress)
                        .min()
                        .orElse(LiveReader.PROGRESS_NANOS);
        long end = System.nanoTime() + Math.max(wait, 0);
        synchronized (lock) {
            long left;
            while (!changed && (left = end - System.nanoTime()) > 0) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
            changed = false;
        }
    }

    /** Ends the wait; may be called by any thread. */
    void wakeUp() {
        synchronized (lock) {
            changed = true;
            lock.notifyAll();
        }
    }

    @Override
    public void close() {
        turns.forEach(LiveReader::close);
        turns.clear();
    }
}
