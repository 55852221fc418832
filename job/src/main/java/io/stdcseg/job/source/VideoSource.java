// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.job.source.enumerator.EnumeratorState;
import io.stdcseg.job.source.enumerator.EnumeratorStateSerializer;
import io.stdcseg.job.source.enumerator.VideoSourceEnumerator;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.job.source.plan.SourceWatcher;
import io.stdcseg.job.source.reader.FileDecoders;
import io.stdcseg.job.source.reader.FrameDecoder;
import io.stdcseg.job.source.reader.VideoSourceReader;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.job.source.split.VideoSplitSerializer;
import io.stdcseg.video.NativeMemory;
import java.io.Serializable;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;

/**
 * Flink source of video: files and picture directories as a stream of frames and markers, which is
 * bounded unless some are watched for new ones.
 *
 * <p>A video is cut into ranges at key frames where that is safe, the same at any parallelism, and
 * these are handed out in their order. Every range gives a {@code RangeStart}, its frames in order,
 * a {@code RangeEnd}; the last range of a stream a {@code StreamEnd} behind it. A stream that
 * cannot be read, where that is skipped, gives a {@code StreamEnd} with the reason. The stream
 * carries no watermarks.
 *
 * <p>Frames borrow their pixels from a pool per slot. Its capacity is the backpressure and must be
 * at least the queue's length, the frames in flight behind the source, and 2.
 */
public final class VideoSource
        implements Source<FrameElement, VideoSplit, EnumeratorState>,
                ResultTypeQueryable<FrameElement> {

    /** How many decoded frames wait between the decoding thread and the task's. */
    public static final int QUEUE_LENGTH = 2;

    private final SourceSpec spec;
    private final int poolCapacity;
    private final PixelMemory memory;
    private final FrameDecoder.Factory decoders;

    /** Null where frames are RGB. */
    private final PlanesChoice planes;

    /**
     * Reads real files into native memory.
     *
     * @param poolCapacity how many frames of one slot may exist at a time
     */
    public VideoSource(SourceSpec spec, int poolCapacity) {
        this(spec, poolCapacity, NativeMemory::new, new FileDecoders(spec.options()));
    }

    public VideoSource(
            SourceSpec spec, int poolCapacity, PixelMemory memory, FrameDecoder.Factory decoders) {
        this(spec, poolCapacity, memory, decoders, null);
    }

    private VideoSource(
            SourceSpec spec,
            int poolCapacity,
            PixelMemory memory,
            FrameDecoder.Factory decoders,
            PlanesChoice planes) {
        if (poolCapacity < QUEUE_LENGTH + 2) {
            throw new IllegalArgumentException(
                    "pool capacity "
                            + poolCapacity
                            + " is not at least the queue's length of "
                            + QUEUE_LENGTH
                            + " and 2");
        }
        this.spec = spec;
        this.poolCapacity = poolCapacity;
        this.memory = memory;
        this.decoders = decoders;
        this.planes = planes;
    }

    /** The same, whose frames may have planes in the place of RGB. */
    public VideoSource withPlanes(PlanesChoice choice) {
        return new VideoSource(spec, poolCapacity, memory, decoders, choice);
    }

    /** Whether frames may have planes in the place of RGB. */
    public boolean mayHavePlanes() {
        return planes != null;
    }

    /**
     * Reads every frame of sources, for a job that segments and does not write video.
     *
     * @param sources files, globs, directories of pictures, live addresses
     * @param inFlight how many frames of a slot are on their way behind the source at most
     * @throws InputException if a source cannot be used
     */
    public static VideoSource of(List<String> sources, int inFlight) {
        ReadOptions options = ReadOptions.defaults().withYuv(false);
        return new VideoSource(
                SourceSpec.planRecordings(sources, options, null), QUEUE_LENGTH + inFlight + 2);
    }

    @Override
    public TypeInformation<FrameElement> getProducedType() {
        return FrameElementTypeInfo.INSTANCE;
    }

    @Override
    public Boundedness getBoundedness() {
        return spec.endless() ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<VideoSplit, EnumeratorState> createEnumerator(
            SplitEnumeratorContext<VideoSplit> context) {
        return enumerator(
                context,
                new EnumeratorState(
                        spec.streams().stream().map(VideoSplit::first).toList(), List.of()));
    }

    @Override
    public SplitEnumerator<VideoSplit, EnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<VideoSplit> context, EnumeratorState checkpoint) {
        return enumerator(context, checkpoint);
    }

    private VideoSourceEnumerator enumerator(
            SplitEnumeratorContext<VideoSplit> context, EnumeratorState state) {
        List<String> names = spec.streams().stream().map(PlannedStream::name).toList();
        SourceWatcher watcher =
                spec.watched().any()
                        ? new SourceWatcher(spec.watched(), state.watch(), names, System::nanoTime)
                        : null;
        return new VideoSourceEnumerator(context, state, watcher);
    }

    @Override
    public SourceReader<FrameElement, VideoSplit> createReader(SourceReaderContext context) {
        Configuration configuration = new Configuration(context.getConfiguration());
        configuration.set(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, QUEUE_LENGTH);
        BufferPool pool = new BufferPool(poolCapacity, memoryOfThisMachine());
        String job = context.metricGroup().getAllVariables().get(ScopeFormat.SCOPE_JOB_ID);
        return VideoSourceReader.create(
                options(),
                pool,
                () -> planes != null && planes.test(job),
                decoders,
                configuration,
                context);
    }

    /** Of a job that has no end one source is not to be it, unless the first damage is. */
    private ReadOptions options() {
        ReadOptions options = spec.options();
        return spec.endless() && options.onError() == OnError.DAMAGED
                ? options.onError(OnError.SKIP)
                : options;
    }

    /** What a machine lacks fails the job, whatever is said of sources that cannot be read. */
    private BufferPool.Allocator memoryOfThisMachine() {
        try {
            return memory.get();
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
    }

    @Override
    public SimpleVersionedSerializer<VideoSplit> getSplitSerializer() {
        return new VideoSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
        return new EnumeratorStateSerializer();
    }

    /** Supplier of the allocator of frames' memory, on the machine that reads them. */
    @FunctionalInterface
    public interface PixelMemory extends Supplier<BufferPool.Allocator>, Serializable {}

    /**
     * Choice of planes, by the job's id in the process that reads: whether frames are to have them
     * in the place of RGB, where the one becomes the other to the bit. Made for each frame.
     */
    @FunctionalInterface
    public interface PlanesChoice extends Predicate<String>, Serializable {}
}
