// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trial of batch sizes: the smallest is to be taken that is nearly as fast as any, as the pictures
 * of a larger one wait for longer and take more memory. Thread-safe; shapes are timed by one thread
 * at a time.
 */
final class BatchTrial {

    private static final Logger LOG = LoggerFactory.getLogger(BatchTrial.class);

    /** Of the fastest. */
    private static final double NEARLY = 0.95;

    private static final int CALLS = 3;

    private final Segmenter network;
    private final LongSupplier nanoClock;

    /** Pictures per second by pictures of a call, while a shape is tried. */
    private final Map<RequestShape, TreeMap<Integer, Double>> rates = new HashMap<>();

    private final Map<RequestShape, Integer> chosen = new HashMap<>();

    /**
     * @param nanoClock in nanoseconds, like {@link System#nanoTime()}
     */
    BatchTrial(Segmenter network, LongSupplier nanoClock) {
        this.network = network;
        this.nanoClock = nanoClock;
    }

    /** Whether a shape was tried. */
    synchronized boolean knows(RequestShape shape) {
        return chosen.containsKey(shape);
    }

    /** Most pictures that a call is to be for. */
    synchronized int largest(RequestShape shape) {
        return chosen.getOrDefault(shape, Integer.MAX_VALUE);
    }

    /** Times a call, the best of some, that was made before. */
    void time(RequestShape shape, List<SegmentRequest> batch) {
        double best = 0;
        for (int i = 0; i < CALLS; i++) {
            long started = nanoClock.getAsLong();
            network.segment(batch);
            best = Math.max(best, batch.size() * 1e9 / (nanoClock.getAsLong() - started));
        }
        keep(shape, batch.size(), best);
    }

    private synchronized void keep(RequestShape shape, int pictures, double rate) {
        rates.computeIfAbsent(shape, absent -> new TreeMap<>()).put(pictures, rate);
    }

    /** Chooses among the sizes that were timed; without any there is no bound. */
    synchronized void choose(RequestShape shape) {
        TreeMap<Integer, Double> timed = rates.remove(shape);
        int choice = Integer.MAX_VALUE;
        if (timed != null) {
            double fastest = timed.values().stream().mapToDouble(rate -> rate).max().orElseThrow();
            choice =
                    timed.entrySet().stream()
                            .filter(size -> size.getValue() >= NEARLY * fastest)
                            .findFirst()
                            .orElseThrow()
                            .getKey();
            LOG.info("batches of {} pictures of {}; a second has {}", choice, shape, timed);
        }
        chosen.putIfAbsent(shape, choice);
    }
}
