// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
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
 * Batch bucketing: calls a network on a GPU with few different batch sizes, powers of two and the
 * largest, and with all of them as soon as pictures of a new size come. The first call of a shape
 * takes seconds, in which memory is taken and the fastest convolutions are looked for. At another
 * scale than the network's own each is tried when it comes: that is asked for while frames wait.
 * Batches between two sizes are padded with their last picture, whose mask is then written several
 * times. Thread-safe.
 */
final class BatchBuckets {

    private static final Logger LOG = LoggerFactory.getLogger(BatchBuckets.class);

    private final Segmenter network;
    private final int largest;

    /** Of each thread, because cuDNN keeps for each thread which convolutions are fastest. */
    private final ThreadLocal<Set<Warm>> warm = ThreadLocal.withInitial(HashSet::new);

    /** Write-locked while convolutions are compared: calls at the same time distort that. */
    private final ReadWriteLock calls = new ReentrantReadWriteLock();

    /** What was called before. */
    private record Warm(RequestShape shape, int pictures) {}

    /**
     * @param network stays its owner's
     * @param largest most pictures of a batch, at least 1
     */
    BatchBuckets(Segmenter network, int largest) {
        this.network = network;
        this.largest = largest;
    }

    /** Segments pictures of one size in one call of the network. */
    void segment(List<SegmentRequest> batch) {
        SegmentRequest last = batch.get(batch.size() - 1);
        int bucket = bucket(batch.size());
        warmUp(last, bucket);
        List<SegmentRequest> padded = new ArrayList<>(batch);
        padded.addAll(Collections.nCopies(bucket - batch.size(), last));
        calls.readLock().lock();
        try {
            network.segment(padded);
        } finally {
            calls.readLock().unlock();
        }
    }

    private void warmUp(SegmentRequest picture, int bucket) {
        RequestShape shape = RequestShape.of(picture);
        if (warm.get().contains(new Warm(shape, bucket))) {
            return;
        }
        List<Integer> untried = shape.scale() == null ? sizes() : List.of(bucket);
        calls.writeLock().lock();
        try {
            callWith(untried, picture, shape);
        } finally {
            calls.writeLock().unlock();
        }
        untried.forEach(pictures -> warm.get().add(new Warm(shape, pictures)));
    }

    /**
     * Largest first, so that the smaller ones find their memory among what that one took. What
     * fails here fails again in a batch that needs it, and is dealt with there.
     */
    private void callWith(List<Integer> sizes, SegmentRequest picture, RequestShape shape) {
        long started = System.nanoTime();
        for (int pictures : sizes) {
            try {
                network.segment(Collections.nCopies(pictures, picture));
            } catch (RuntimeException e) {
                LOG.info("a batch of {} pictures of {} failed", pictures, shape, e);
            }
        }
        LOG.info(
                "batches of {} pictures of {} were tried out in {} ms",
                sizes,
                shape,
                (System.nanoTime() - started) / 1_000_000);
    }

    /** The smallest of the sizes that hold so many pictures. */
    int bucket(int pictures) {
        if (pictures < 1 || pictures > largest) {
            throw new IllegalArgumentException(
                    pictures + " pictures where 1 to " + largest + " make a batch");
        }
        return Math.min(largest, Integer.highestOneBit(2 * pictures - 1));
    }

    /** All sizes, largest first. */
    List<Integer> sizes() {
        return Stream.iterate(largest, size -> size > 0, size -> Integer.highestOneBit(size - 1))
                .toList();
    }
}
