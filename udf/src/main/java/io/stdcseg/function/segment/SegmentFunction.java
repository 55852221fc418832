// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.frame.BufferAllocator;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.PooledBuffer;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.NativeMemory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Frames in, segmented frames out; markers pass.
 *
 * <p>Mask buffers are taken in the order of submission, so that a later frame that is done cannot
 * starve an earlier one. There are two more than frames in flight: one for the frame that its last
 * reader holds, one for the frame being submitted.
 */
public final class SegmentFunction implements AsyncBatchFunction<FrameElement, FrameElement> {

    private static final long serialVersionUID = 1L;

    /** Name of a user's weights in the job's distributed cache; without it their path is used. */
    public static final String WEIGHTS = "weights";

    /** For each picture that is worked on, one that is the next: workers never wait. */
    public static final int BATCHES_IN_FLIGHT = 2;

    private final SegmenterLease.Provider segmenters;
    private final SerializableSupplier<BufferAllocator> allocators;
    private final int capacity;
    private transient SegmenterLease segmenter;
    private transient BufferPool masks;
    private transient SegmentMetrics metrics;

    /**
     * Segments with the network that all slots of the job in a process share.
     *
     * @param capacity most elements in flight, as given to the operator
     */
    public static SegmentFunction of(SegmenterOptions options, int capacity) {
        return new SegmentFunction(
                context -> SharedLease.open(options, context), NativeMemory::new, capacity);
    }

    /**
     * @param capacity most elements in flight, as given to the operator
     */
    SegmentFunction(
            SegmenterLease.Provider segmenters,
            SerializableSupplier<BufferAllocator> allocators,
            int capacity) {
        this.segmenters = segmenters;
        this.allocators = allocators;
        this.capacity = capacity;
    }

    @Override
    public void open(RuntimeContext context) throws Exception {
        masks = new BufferPool(capacity + 2, allocators.get());
        segmenter = segmenters.open(context);
        metrics = new SegmentMetrics(context.getMetricGroup(), segmenter.statistics());
    }

    @Override
    public CompletableFuture<FrameElement> apply(FrameElement element) throws InterruptedException {
        if (element instanceof Frame frame) {
            return segment(frame);
        }
        return CompletableFuture.completedFuture(
                element instanceof RangeStart start
                        ? start.segmentedBy(segmenter.network())
                        : element);
    }

    private CompletableFuture<FrameElement> segment(Frame frame) throws InterruptedException {
        StreamInfo info = frame.info();
        PooledBuffer buffer = masks.take(info.maskBytes());
        if (buffer == null) {
            throw new IllegalStateException("masks are closed");
        }
        Mask mask = new Mask(info.displayWidth(), info.displayHeight(), buffer);
        long submitted = System.nanoTime();
        CompletableFuture<Integer> done;
        try {
            done = segmenter.segment(mask.width(), mask.height(), frame.rgb(), mask.ids());
        } catch (RuntimeException | Error e) {
            mask.close();
            throw e;
        }
        return done.handle(
                (batchSize, error) -> {
                    if (error != null) {
                        frame.close();
                        mask.close();
                        throw new CompletionException(error);
                    }
                    metrics.segmented(System.nanoTime() - submitted);
                    return new SegmentedFrame(frame, mask, batchSize);
                });
    }

    @Override
    public int inFlight(int capacity) {
        return Math.min(capacity, BATCHES_IN_FLIGHT * segmenter.concurrentPictures());
    }

    @Override
    public String describe(FrameElement element) {
        return element instanceof Frame frame
                ? "frame " + frame.index() + " of stream " + frame.stream()
                : "a marker of stream " + element.stream();
    }

    @Override
    public void flush() {
        if (segmenter != null) {
            segmenter.flush();
        }
    }

    @Override
    public void close() {
        if (segmenter != null) {
            segmenter.close();
        }
        if (masks != null) {
            masks.close();
        }
    }
}
