// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.split.StreamRanges;
import io.stdcseg.job.source.split.VideoSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/**
 * Source reader of one slot: asks for a split, decodes it in a thread of its own into buffers of a
 * bounded pool, emits its frames and markers, asks for the next. Of a stream that is not cut yet it
 * tells the enumerator where it may be.
 *
 * <p>Closing frees the pool and gives back frames that were decoded and not emitted; those that
 * were are their receivers'.
 */
public final class VideoSourceReader
        extends SingleThreadMultiplexSourceReaderBase<
                Handover, FrameElement, VideoSplit, VideoSplit.State> {

    private final BufferPool pool;
    private final SourceMetrics metrics;
    private final Collection<Handover> unemitted;
    private final Map<String, VideoSplit> untaken = new LinkedHashMap<>();
    private int bounded;

    private VideoSourceReader(
            ReadOptions options,
            BufferPool pool,
            BooleanSupplier takesPlanes,
            FrameDecoder.Factory decoders,
            Configuration configuration,
            SourceReaderContext context,
            SourceMetrics metrics,
            Set<Handover> unemitted) {
        super(
                () ->
                        new VideoSplitReader(
                                split ->
                                        new RangeReader(
                                                split,
                                                options,
                                                decoders,
                                                pool,
                                                takesPlanes,
                                                metrics),
                                split -> ranges(split, options, decoders, metrics),
                                new LiveReaders(
                                        (split, changed) ->
                                                new LiveReader(
                                                        split,
                                                        options,
                                                        pool,
                                                        takesPlanes,
                                                        metrics,
                                                        changed)),
                                unemitted,
                                pool::wakeUp),
                (handover, output, state) -> emit(handover, output, state, unemitted),
                configuration,
                context);
        this.pool = pool;
        this.metrics = metrics;
        this.unemitted = unemitted;
    }

    /**
     * Makes the reader of one slot.
     *
     * @param pool where frames get their buffers; the reader closes it
     * @param takesPlanes whether frames are to have planes in the place of RGB, where they can;
     *     asked for each by the decoding thread
     * @param configuration of the fetcher: length of its queue, patience when closing
     */
    public static VideoSourceReader create(
            ReadOptions options,
            BufferPool pool,
            BooleanSupplier takesPlanes,
            FrameDecoder.Factory decoders,
            Configuration configuration,
            SourceReaderContext context) {
        SourceMetrics metrics = new SourceMetrics();
        metrics.register(context.metricGroup());
        Set<Handover> unemitted =
                Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        return new VideoSourceReader(
                options, pool, takesPlanes, decoders, configuration, context, metrics, unemitted);
    }

    private static Handover.Ranges ranges(
            VideoSplit split,
            ReadOptions options,
            FrameDecoder.Factory decoders,
            SourceMetrics metrics) {
        metrics.reading();
        try {
            return new Handover.Ranges(decoders.ranges(split.stream(), options));
        } finally {
            metrics.done();
        }
    }

    /** Passes elements on, and moves the split's state with them. Runs in the task's thread. */
    private static void emit(
            Handover handover,
            SourceOutput<FrameElement> output,
            VideoSplit.State state,
            Collection<Handover> unemitted) {
        // From here on the frame is its receiver's.
        unemitted.remove(handover);
        handover.emit(output, state);
    }

    @Override
    public void addSplits(List<VideoSplit> splits) {
        bounded += (int) splits.stream().filter(split -> !LiveReaders.isLive(split)).count();
        super.addSplits(splits);
    }

    @Override
    public void start() {
        metrics.start();
        askIfIdle();
    }

    /** Live streams are no reason not to read something else besides. */
    private void askIfIdle() {
        if (bounded == 0) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, VideoSplit.State> finished) {
        finished.values().forEach(this::tell);
        int before = bounded;
        bounded -=
                (int)
                        finished.values().stream()
                                .filter(state -> !LiveReaders.isLive(state.toSplit()))
                                .count();
        if (before > 0) {
            askIfIdle();
        }
    }

    private void tell(VideoSplit.State finished) {
        StreamRanges news = finished.news();
        if (news != null) {
            untaken.put(news.stream(), finished.toSplit());
            context.sendSourceEventToCoordinator(news);
        }
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof StreamRanges.Taken taken) {
            untaken.remove(taken.stream());
        } else {
            super.handleSourceEvents(event);
        }
    }

    /** A stream whose ranges the enumerator may not have yet is looked into once more. */
    @Override
    public List<VideoSplit> snapshotState(long checkpointId) {
        List<VideoSplit> splits = new ArrayList<>(super.snapshotState(checkpointId));
        splits.addAll(untaken.values());
        return splits;
    }

    @Override
    protected VideoSplit.State initializedState(VideoSplit split) {
        return new VideoSplit.State(split);
    }

    @Override
    protected VideoSplit toSplitType(String splitId, VideoSplit.State state) {
        return state.toSplit();
    }

    @Override
    public void close() throws Exception {
        try {
            super.close();
        } finally {
            pool.close();
            synchronized (unemitted) {
                unemitted.forEach(Handover::release);
                unemitted.clear();
            }
        }
    }
}
