// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.batch.BatchListener;
import io.stdcseg.batch.BatchProcessor.OutOfDeviceMemoryException;
import io.stdcseg.batch.BatchStatistics;
import io.stdcseg.batch.BatcherOptions;
import io.stdcseg.batch.MicroBatcher;
import io.stdcseg.engine.Devices;
import io.stdcseg.engine.ModelInfo;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.inference.BucketedSegmenter.BatchBuckets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A network and the batcher in front of it; opened by the first that needs it. Thread-safe. */
final class SharedNetwork {

    private static final Logger LOG = LoggerFactory.getLogger(SharedNetwork.class);

    private final SegmenterOptions options;
    private final String device;
    private final Supplier<Segmenter> opener;
    private final BatchStatistics statistics = new BatchStatistics();
    private Segmenter segmenter;
    private RuntimeException failure;
    private int workers;
    private volatile MicroBatcher<SegmentRequest, Integer> batcher;

    /** Pictures of one size may share a call. */
    record Size(int width, int height) {

        static Size of(SegmentRequest request) {
            return new Size(request.width(), request.height());
        }

        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    /** Counts batches, and says when they become smaller. */
    private final class Watch implements BatchListener {

        @Override
        public void processed(int size, long waitedNanos, long processedNanos) {
            statistics.processed(size, waitedNanos, processedNanos);
        }

        @Override
        public void shrunk(int from, int to) {
            LOG.warn("{} lacks memory: largest batch halved from {} to {}", device, from, to);
        }
    }

    SharedNetwork(SegmenterOptions options, String device, Supplier<Segmenter> opener) {
        this.options = options;
        this.device = device;
        this.opener = opener;
    }

    /** Loads the network unless it is there; others wait, and fail alike if that fails. */
    synchronized void open() {
        if (failure != null) {
            throw failure;
        }
        if (batcher != null) {
            return;
        }
        boolean gpu = Devices.isGpu(device);
        try {
            segmenter = gpu ? bucketed(opener.get()) : opener.get();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
        workers = CoreSharing.workers(options, gpu);
        LOG.info(
                "the network on {} has {} workers; an operation on a CPU runs on {} threads",
                device,
                workers,
                segmenter.info().threads());
        batcher =
                new MicroBatcher<>(
                        this::process,
                        Size::of,
                        new BatcherOptions(
                                        "segment-" + device,
                                        options.batchSizeOn(gpu),
                                        options.batchTimeoutOn(gpu))
                                .withThreads(workers),
                        new Watch(),
                        System::nanoTime);
    }

    private Segmenter bucketed(Segmenter network) {
        return new BucketedSegmenter(network, new BatchBuckets(options.batchSizeOn(true)));
    }

    synchronized ModelInfo info() {
        return segmenter.info();
    }

    /** How many calls are worked on at a time. */
    synchronized int workers() {
        return workers;
    }

    BatchStatistics statistics() {
        return statistics;
    }

    CompletableFuture<Integer> segment(SegmentRequest request) {
        return batcher.submit(request);
    }

    void flush() {
        batcher.flush();
    }

    /**
     * Fails what waits and frees the network when its last call has returned.
     *
     * @return completes when it is freed
     */
    synchronized CompletableFuture<Void> close() {
        if (batcher == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> freed =
                batcher.terminated().whenComplete((done, error) -> segmenter.close());
        batcher.close();
        return freed;
    }

    private List<Integer> process(List<SegmentRequest> batch) {
        try {
            segmenter.segment(batch);
        } catch (RuntimeException e) {
            if (segmenter.ranOutOfMemory(e)) {
                throw new OutOfDeviceMemoryException(
                        device
                                + " has no memory for pictures of "
                                + Size.of(batch.get(0))
                                + " in a batch of "
                                + batch.size(),
                        e);
            }
            throw e;
        }
        return Collections.nCopies(batch.size(), batch.size());
    }
}
