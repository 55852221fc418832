// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.engine.ModelInfo;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.inference.SharedNetwork.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a network with few different batch sizes, and with all of them as soon as pictures of a new
 * size come: on a GPU the first call of a shape takes seconds, in which memory is taken and the
 * fastest convolutions are looked for. Batches between two sizes are padded with their last
 * picture, whose mask is then written several times.
 */
final class BucketedSegmenter implements Segmenter {

    private static final Logger LOG = LoggerFactory.getLogger(BucketedSegmenter.class);

    private final Segmenter network;
    private final BatchBuckets buckets;

    /** Of each thread, because cuDNN keeps for each thread which convolutions are fastest. */
    private final ThreadLocal<Set<Size>> warm = ThreadLocal.withInitial(HashSet::new);

    /** Write-locked while convolutions are compared: calls at the same time distort that. */
    private final ReadWriteLock calls = new ReentrantReadWriteLock();

    /**
     * @param network closed with this one
     */
    BucketedSegmenter(Segmenter network, BatchBuckets buckets) {
        this.network = network;
        this.buckets = buckets;
    }

    @Override
    public ModelInfo info() {
        return network.info();
    }

    @Override
    public void segment(List<SegmentRequest> batch) {
        SegmentRequest last = batch.get(batch.size() - 1);
        warmUp(last);
        List<SegmentRequest> padded = new ArrayList<>(batch);
        padded.addAll(Collections.nCopies(buckets.holding(batch.size()) - batch.size(), last));
        calls.readLock().lock();
        try {
            network.segment(padded);
        } finally {
            calls.readLock().unlock();
        }
    }

    private void warmUp(SegmentRequest picture) {
        Size size = Size.of(picture);
        if (warm.get().contains(size)) {
            return;
        }
        calls.writeLock().lock();
        try {
            callWithEverySize(picture, size);
        } finally {
            calls.writeLock().unlock();
        }
        warm.get().add(size);
    }

    /**
     * Largest first, so that the smaller ones find their memory among what that one took. What
     * fails here fails again in a batch that needs it, and is dealt with there.
     */
    private void callWithEverySize(SegmentRequest picture, Size size) {
        long started = System.nanoTime();
        for (int pictures : buckets.sizes()) {
            try {
                network.segment(Collections.nCopies(pictures, picture));
            } catch (RuntimeException e) {
                LOG.info("a batch of {} pictures of {} failed", pictures, size, e);
            }
        }
        LOG.info(
                "batches of {} pictures of {} were tried out in {} ms",
                buckets.sizes(),
                size,
                (System.nanoTime() - started) / 1_000_000);
    }

    @Override
    public boolean ranOutOfMemory(RuntimeException failure) {
        return network.ranOutOfMemory(failure);
    }

    @Override
    public void close() {
        network.close();
    }

    /**
     * The few sizes that batches on a GPU have: powers of two, and the largest.
     *
     * @param largest most pictures of a batch, at least 1
     */
    record BatchBuckets(int largest) {

        /** The smallest of the sizes that hold so many pictures. */
        int holding(int pictures) {
            if (pictures < 1 || pictures > largest) {
                throw new IllegalArgumentException(
                        pictures + " pictures where 1 to " + largest + " make a batch");
            }
            return Math.min(largest, Integer.highestOneBit(2 * pictures - 1));
        }

        /** All sizes, largest first. */
        List<Integer> sizes() {
            return Stream.iterate(
                            largest, size -> size > 0, size -> Integer.highestOneBit(size - 1))
                    .toList();
        }
    }
}
