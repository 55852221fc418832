// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.inference.SharedNetwork.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Set<Size> warm = ConcurrentHashMap.newKeySet();

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
        network.segment(padded);
    }

    private void warmUp(SegmentRequest picture) {
        Size size = Size.of(picture);
        if (warm.contains(size)) {
            return;
        }
        // Whoever else has pictures of a new size waits: calls at the same time would be timed
        // wrongly where convolutions are compared.
        synchronized (warm) {
            if (!warm.contains(size)) {
                callWithEverySize(picture, size);
                warm.add(size);
            }
        }
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
    public void close() {
        network.close();
    }
}
