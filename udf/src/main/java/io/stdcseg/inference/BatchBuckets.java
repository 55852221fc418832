// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.WarnOnce;
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
 * times.
 *
 * <p>Each thread and size may get another convolution, which adds up in another order: the mask of
 * a picture may differ in single pixels by the batch that it was in. Thread-safe.
 */
final class BatchBuckets {

    private static final Logger LOG = LoggerFactory.getLogger(BatchBuckets.class);

    private final Segmenter network;
    private final BatchTrial trial;
    private volatile int largest;

    /** Of each thread, because cuDNN keeps for each thread which convolutions are fastest. */
    private final ThreadLocal<Set<Warm>> warm = ThreadLocal.withInitial(HashSet::new);

    /** Write-locked while convolutions are compared: calls at the same time distort that. */
    private final ReadWriteLock calls = new ReentrantReadWriteLock();

    /** What was called before. */
    private record Warm(RequestShape shape, int pictures) {}

    /**
     * @param network stays its owner's
     * @param largest most pictures of a batch, at least 1
     * @param trial says how large batches of a shape are to be; null if they are as large as may be
     */
    BatchBuckets(Segmenter network, int largest, BatchTrial trial) {
        this.network = network;
        this.largest = largest;
        this.trial = trial;
    }

    /** As options say; where they do not, a trial shows how large batches are to be. */
    static BatchBuckets of(Segmenter network, SegmenterOptions options) {
        BatchTrial trial =
                options.batchSize() > 0 ? null : new BatchTrial(network, System::nanoTime);
        return new BatchBuckets(network, options.batchSizeOn(true), trial);
    }

    /** From now on no call is for more pictures: the device lacked memory for them. */
    void shrinkTo(int pictures) {
        largest = pictures;
    }

    /** Segments pictures of one size, in one call unless the network cannot take so many. */
    void segment(List<SegmentRequest> batch) {
        RequestShape shape = RequestShape.of(batch);
        if (isTried(shape)) {
            int untried = most(shape);
            warmUp(batch.get(0), untried, untried);
        }
        int most = most(shape);
        for (int next = 0; next < batch.size(); next += most) {
            segment(batch.subList(next, Math.min(batch.size(), next + most)), most);
        }
    }

    /** Of a call for pictures of a shape; says so where that is less than was asked for. */
    private int most(RequestShape shape) {
        int asked = largest;
        int possible = network.mostPictures(shape);
        int most = Math.min(asked, possible);
        if (trial != null) {
            return Math.min(most, trial.largest(shape));
        }
        if (most < asked) {
            WarnOnce.once(
                    LOG,
                    "batches of "
                            + shape
                            + " hold "
                            + most
                            + " pictures where "
                            + asked
                            + " were asked for: PyTorch enlarges scores of less than 2^31 numbers");
        }
        return most;
    }

    /** Whether the next call shows how large batches of a shape are to be. */
    private boolean isTried(RequestShape shape) {
        return trial != null && shape.scale() == null && !trial.knows(shape);
    }

    private void segment(List<SegmentRequest> batch, int most) {
        SegmentRequest last = batch.get(batch.size() - 1);
        int bucket = bucket(batch.size(), most);
        warmUp(last, bucket, most);
        List<SegmentRequest> padded = new ArrayList<>(batch);
        padded.addAll(Collections.nCopies(bucket - batch.size(), last));
        calls.readLock().lock();
        try {
            network.segment(padded);
        } finally {
            calls.readLock().unlock();
        }
    }

    private void warmUp(SegmentRequest picture, int bucket, int most) {
        RequestShape shape = RequestShape.of(picture);
        if (warm.get().contains(new Warm(shape, bucket))) {
            return;
        }
        List<Integer> untried =
                (shape.scale() == null ? sizes(most) : List.of(bucket))
                        .stream()
                                .filter(size -> !warm.get().contains(new Warm(shape, size)))
                                .toList();
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
        boolean tried = isTried(shape);
        // How sure the network is would be computed on the CPU, for each picture.
        SegmentRequest masked = picture.withoutConfidence();
        for (int pictures : sizes) {
            List<SegmentRequest> batch = Collections.nCopies(pictures, masked);
            try {
                network.segment(batch);
                if (tried) {
                    trial.time(shape, batch);
                }
            } catch (RuntimeException e) {
                LOG.info("a batch of {} pictures of {} failed", pictures, shape, e);
            }
        }
        if (tried) {
            trial.choose(shape);
            network.trim();
        }
        LOG.info(
                "batches of {} pictures of {} were tried out in {} ms",
                sizes,
                shape,
                (System.nanoTime() - started) / 1_000_000);
    }

    /** The smallest of the sizes that hold so many pictures. */
    static int bucket(int pictures, int most) {
        if (pictures < 1 || pictures > most) {
            throw new IllegalArgumentException(
                    pictures + " pictures where 1 to " + most + " make a batch");
        }
        return Math.min(most, Integer.highestOneBit(2 * pictures - 1));
    }

    /** All sizes, largest first. */
    static List<Integer> sizes(int most) {
        return Stream.iterate(most, size -> size > 0, size -> Integer.highestOneBit(size - 1))
                .toList();
    }
}
