// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.batch.BatchListener;
import io.stdcseg.batch.BatchProcessor.OutOfDeviceMemoryException;
import io.stdcseg.batch.BatchStatistics;
import io.stdcseg.batch.BatcherOptions;
import io.stdcseg.batch.MicroBatcher;
import io.stdcseg.engine.Devices;
import io.stdcseg.engine.NativeHeap;
import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SpoiledDeviceError;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.network.InputScale;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Network on one device and the batcher in front of it: pictures of all leases meet in its batches.
 * Loaded by the first lease. Thread-safe.
 */
public final class SharedNetwork {

    private static final Logger LOG = LoggerFactory.getLogger(SharedNetwork.class);

    private final SegmenterOptions options;
    private final String device;
    private final boolean gpu;
    private final Supplier<Segmenter> opener;
    private final BatchStatistics statistics = new BatchStatistics();
    private RuntimeException failure;
    private Segmenter segmenter;
    private NetworkInfo info;
    private BatchBuckets buckets;
    private MicroBatcher<SegmentRequest, NetworkCall> batcher;
    private volatile HeightControl heights;
    private volatile boolean loaded;

    SharedNetwork(SegmenterOptions options, String device, Supplier<Segmenter> opener) {
        this.options = options;
        this.device = device;
        this.gpu = Devices.isGpu(device);
        this.opener = opener;
    }

    /**
     * A share in the network, which is loaded unless it is there; others wait, and fail alike if
     * that fails.
     *
     * @param release told once, when the lease is closed
     */
    synchronized Lease lease(Runnable release) {
        if (failure != null) {
            throw failure;
        }
        if (batcher == null) {
            try {
                segmenter = opener.get();
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
            start();
        }
        return new Lease(release);
    }

    private void start() {
        int workers = CoreSharing.workers(options, gpu);
        int maxBatch = options.batchSizeOn(gpu);
        info = segmenter.info().withWorkers(workers);
        buckets = gpu ? BatchBuckets.of(segmenter, options) : null;
        LOG.info(
                "the network on {} has {} workers; an operation on a CPU runs on {} threads",
                device,
                workers,
                info.threads());
        batcher =
                new MicroBatcher<>(
                        this::process,
                        RequestShape::of,
                        new BatcherOptions(
                                        "segment-" + device, maxBatch, options.batchTimeoutOn(gpu))
                                .withEnough(options.enoughOn(gpu))
                                .withThreads(workers),
                        new Watch(),
                        System::nanoTime);
        loaded = true;
    }

    /** Whether it is loaded; never waits until it is. */
    boolean isLoaded() {
        return loaded;
    }

    /** Whether what is loaded takes planes. */
    boolean takesPlanes() {
        return segmenter.takesPlanes();
    }

    /** One batch, in a thread of the batcher. */
    private List<NetworkCall> process(List<SegmentRequest> batch) {
        long nanos;
        try {
            long started = System.nanoTime();
            segment(batch);
            nanos = System.nanoTime() - started;
            if (heights != null) {
                heights.computed(batch.get(0).scale(), nanos);
            }
        } catch (RuntimeException e) {
            if (gpu) {
                Optional<SpoiledDeviceError> spoiled = SpoiledDeviceError.of(device, e);
                if (spoiled.isPresent()) {
                    throw spoiled.get();
                }
            }
            if (segmenter.ranOutOfMemory(e)) {
                throw new OutOfDeviceMemoryException(
                        device
                                + " has no memory for pictures of "
                                + RequestShape.of(batch)
                                + " in a batch of "
                                + batch.size(),
                        e);
            }
            throw e;
        }
        return Collections.nCopies(batch.size(), new NetworkCall(batch.size(), nanos));
    }

    private void segment(List<SegmentRequest> batch) {
        if (buckets == null) {
            segmenter.segment(batch);
        } else {
            buckets.segment(batch);
        }
    }

    /** The one control of all leases: whatever they hand over shares the same workers. */
    private synchronized HeightControl heights(Duration lag) {
        if (heights == null) {
            InputScale usual =
                    segmenter
                            .scale()
                            .orElseThrow(
                                    () ->
                                            new InputException(
                                                    info.model()
                                                            + " at scale "
                                                            + info.scale()
                                                            + " has no other heights, which"
                                                            + " --adapt needs"));
            heights = new HeightControl(usual, lag, info.workers(), System::nanoTime);
        }
        return heights;
    }

    /**
     * Fails what waits and frees the network when its last call has returned; the system gets the
     * memory back, so that it does not depend on how many networks there were.
     *
     * @return completes when it is freed
     */
    synchronized CompletableFuture<Void> close() {
        if (batcher == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> freed =
                batcher.terminated()
                        .whenComplete((done, error) -> segmenter.close())
                        .whenComplete((done, error) -> NativeHeap.trim());
        batcher.close();
        return freed;
    }

    /** Listener that counts batches, and says when they become smaller. */
    private final class Watch implements BatchListener {

        @Override
        public void processed(int size, long waitedNanos, long processedNanos) {
            statistics.processed(size, waitedNanos, processedNanos);
        }

        @Override
        public void shrunk(int from, int to) {
            LOG.warn("{} lacks memory: largest batch halved from {} to {}", device, from, to);
            if (buckets != null) {
                buckets.shrinkTo(to);
            }
        }
    }

    /** A share in the network. Thread-safe. */
    public final class Lease implements AutoCloseable {

        private final Runnable release;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(Runnable release) {
            this.release = release;
        }

        /** What is running. */
        public NetworkInfo info() {
            return info;
        }

        /** Whether pictures may be planes in the place of RGB. */
        public boolean takesPlanes() {
            return SharedNetwork.this.takesPlanes();
        }

        /** How many pictures the network works on at a time, over all leases. */
        public int picturesAtATime() {
            return info.workers() * options.batchSizeOn(gpu);
        }

        /**
         * What decides at which scale pictures of live streams are handed over, for all leases.
         *
         * @param lag how long a picture may wait; that of the first lease counts
         * @throws InputException if the network computes at its own scale only
         */
        public HeightControl heights(Duration lag) {
            return SharedNetwork.this.heights(lag);
        }

        /** How batches of all leases form. */
        public BatchStatistics statistics() {
            return statistics;
        }

        /**
         * Hands a picture over; waits while too many are waiting.
         *
         * @return the call of the network that the picture was in, when the mask is there.
         *     Completes in the network's thread: what depends on it should be short
         */
        public CompletableFuture<NetworkCall> segment(SegmentRequest request) {
            if (closed.get()) {
                return CompletableFuture.failedFuture(
                        new IllegalStateException("the lease is closed"));
            }
            return batcher.submit(request);
        }

        /** Lets pictures that wait for a batch go at once. */
        public void flush() {
            batcher.flush();
        }

        /**
         * Gives the share back. Pictures handed over are still segmented, unless this was the last
         * share: then those that wait fail. Closing twice does nothing the second time.
         */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release.run();
            }
        }
    }
}
