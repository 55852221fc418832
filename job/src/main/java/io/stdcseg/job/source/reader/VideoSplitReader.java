// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.job.source.split.VideoSplit;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/**
 * Split reader in the fetcher's thread: decodes the splits of one slot, one after the other; each
 * fetch gives one frame, or the ranges of a stream. Live splits are read all at once, in turns with
 * each other and with the present one of the others.
 */
final class VideoSplitReader implements SplitReader<Handover, VideoSplit> {

    private final Function<VideoSplit, RangeReader> readers;
    private final Function<VideoSplit, Handover.Ranges> indexer;
    private final Collection<Handover> unemitted;
    private final Runnable wakePool;
    private final Queue<VideoSplit> splits = new ArrayDeque<>();
    private final LiveReaders live;
    private RangeReader current;
    private boolean liveTurn;
    private volatile boolean woken;

    /**
     * @param readers makes the reader of a range
     * @param indexer finds the ranges of an uncut stream
     * @param live reads the live splits, which this one owns
     * @param unemitted where hand-overs are noted until they are emitted
     * @param wakePool makes a reader that waits for a buffer return
     */
    VideoSplitReader(
            Function<VideoSplit, RangeReader> readers,
            Function<VideoSplit, Handover.Ranges> indexer,
            LiveReaders live,
            Collection<Handover> unemitted,
            Runnable wakePool) {
        this.readers = readers;
        this.indexer = indexer;
        this.live = live;
        this.unemitted = unemitted;
        this.wakePool = wakePool;
    }

    @Override
    public RecordsWithSplitIds<Handover> fetch() throws IOException {
        try {
            return live.isEmpty() ? fetchNext() : fetchInTurns();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting", e);
        }
    }

    private RecordsWithSplitIds<Handover> fetchInTurns() throws IOException, InterruptedException {
        liveTurn = !liveTurn;
        if (!liveTurn && !splits.isEmpty()) {
            return fetchNext();
        }
        while (true) {
            LiveReaders.Read read = live.next();
            if (read != null) {
                return records(read);
            }
            if (wokenOnce()) {
                return nothing();
            }
            if (!splits.isEmpty()) {
                return fetchNext();
            }
            live.await();
        }
    }

    private RecordsWithSplitIds<Handover> records(LiveReaders.Read read) {
        RecordsBySplits.Builder<Handover> records = new RecordsBySplits.Builder<>();
        unemitted.add(read.elements());
        records.add(read.split(), read.elements());
        if (read.last()) {
            records.addFinishedSplit(read.split().splitId());
        }
        return records.build();
    }

    private RecordsWithSplitIds<Handover> fetchNext() throws IOException, InterruptedException {
        VideoSplit split = splits.peek();
        if (split == null) {
            return nothing();
        }
        RecordsBySplits.Builder<Handover> records = new RecordsBySplits.Builder<>();
        if (split.progress().ended()) {
            finish(split, records);
            return records.build();
        }
        if (split.isUncut()) {
            records.add(split, indexer.apply(split));
            finish(split, records);
            return records.build();
        }
        Handover handover = read(split);
        if (handover == null) {
            return nothing();
        }
        unemitted.add(handover);
        records.add(split, handover);
        if (current.ended()) {
            finish(split, records);
        }
        return records.build();
    }

    private Handover read(VideoSplit split) throws InterruptedException {
        if (current == null) {
            current = readers.apply(split);
            return current.start();
        }
        return current.next(this::wokenOnce);
    }

    private boolean wokenOnce() {
        boolean was = woken;
        woken = false;
        return was;
    }

    private void finish(VideoSplit split, RecordsBySplits.Builder<Handover> records) {
        splits.remove();
        closeCurrent();
        records.addFinishedSplit(split.splitId());
    }

    private static RecordsWithSplitIds<Handover> nothing() {
        return new RecordsBySplits<>(Map.of(), Set.of());
    }

    @Override
    public void handleSplitsChanges(SplitsChange<VideoSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException(
                    change.getClass().getSimpleName() + " is not supported; splits are only added");
        }
        for (VideoSplit split : change.splits()) {
            if (LiveReaders.isLive(split) && !split.progress().ended()) {
                live.add(split);
            } else {
                splits.add(split);
            }
        }
    }

    @Override
    public void wakeUp() {
        woken = true;
        wakePool.run();
        live.wakeUp();
    }

    @Override
    public void close() {
        live.close();
        closeCurrent();
    }

    private void closeCurrent() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
