// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.batch.BatchStatistics;
import io.stdcseg.engine.ModelInfo;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One network per job, process and device, however many slots use it.
 *
 * <p>The first lease loads the network, the last one to close frees it. Pictures of all leases meet
 * in one {@link io.stdcseg.batch.MicroBatcher}. Thread-safe.
 */
public final class SharedSegmenter {

    private static final SegmenterRegistry REGISTRY =
            new SegmenterRegistry(
                    new SegmenterRegistry.Opener() {
                        @Override
                        public List<String> devices(SegmenterOptions options) {
                            return Engines.devices(options);
                        }

                        @Override
                        public Segmenter open(SegmenterOptions options, String device) {
                            return Engines.load(options, device);
                        }
                    });

    private SharedSegmenter() {}

    /** Whether all shares of a job in this process are going to be in one and the same network. */
    public static boolean isOneNetwork(SegmenterOptions options) {
        return Engines.devices(CoreSharing.forManyCalls(options)).size() == 1;
    }

    /**
     * Takes a share in a network, on that of its devices which has the fewest; loads it if nobody
     * has. May take seconds.
     *
     * @param jobId networks are shared within a job
     * @throws io.stdcseg.error.InputException if weights or device cannot be used
     */
    public static Lease acquire(String jobId, SegmenterOptions options) {
        return REGISTRY.acquire(jobId, CoreSharing.forManyCalls(options));
    }

    /** A share in a network. Thread-safe. */
    public static final class Lease implements AutoCloseable {

        private final SharedNetwork network;
        private final Runnable release;
        private final AtomicBoolean closed = new AtomicBoolean();

        Lease(SharedNetwork network, Runnable release) {
            this.network = network;
            this.release = release;
        }

        /** What is running. */
        public ModelInfo info() {
            return network.info();
        }

        /** How many calls the network works on at a time, over all leases. */
        public int workers() {
            return network.workers();
        }

        /** How batches of all leases form. */
        public BatchStatistics statistics() {
            return network.statistics();
        }

        /**
         * Hands a picture over; waits while too many are waiting.
         *
         * @return how many pictures were in the same call of the network, when the mask is there.
         *     Completes in the network's thread: what depends on it should be short
         */
        public CompletableFuture<Integer> segment(SegmentRequest request) {
            if (closed.get()) {
                return CompletableFuture.failedFuture(
                        new IllegalStateException("the lease is closed"));
            }
            return network.segment(request);
        }

        /** Lets pictures that wait for a batch go at once. */
        public void flush() {
            network.flush();
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
