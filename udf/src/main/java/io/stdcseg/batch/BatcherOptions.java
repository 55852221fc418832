// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

import java.time.Duration;

/**
 * Options of a {@link MicroBatcher}: how it groups items.
 *
 * @param name of the batcher's threads and in its errors
 * @param maxBatch most items of a batch, at least 1; fewer once the device lacked memory for them
 * @param enough items that make a batch without waiting for more, 1 to {@code maxBatch}
 * @param timeout how long the first item of a batch waits for others; 0 sends what is there
 * @param maxPending most items waiting for a batch, at least {@code maxBatch}; a submission beyond
 *     waits
 * @param threads how many batches are worked on at a time; 0 = none but by {@link
 *     MicroBatcher#flush()} and {@link MicroBatcher#runReady()}, in the caller's thread
 * @param closeTimeout how long {@link MicroBatcher#close()} waits for batches being worked on
 */
public record BatcherOptions(
        String name,
        int maxBatch,
        int enough,
        Duration timeout,
        int maxPending,
        int threads,
        Duration closeTimeout) {

    private static final int DEFAULT_PENDING = 1024;
    private static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(30);

    public BatcherOptions {
        if (maxBatch < 1) {
            throw new IllegalArgumentException("batch size " + maxBatch + " is not at least 1");
        }
        if (enough < 1 || enough > maxBatch) {
            throw new IllegalArgumentException(
                    enough + " items where 1 to " + maxBatch + " are enough for a batch");
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("batch timeout " + timeout + " is negative");
        }
        if (maxPending < maxBatch) {
            throw new IllegalArgumentException(
                    "room for "
                            + maxPending
                            + " waiting items is less than one batch of "
                            + maxBatch);
        }
        if (threads < 0) {
            throw new IllegalArgumentException("thread count " + threads + " is negative");
        }
        if (closeTimeout.isNegative()) {
            throw new IllegalArgumentException("close timeout " + closeTimeout + " is negative");
        }
    }

    /**
     * A batch waits until it is full. One thread, room for 1024 items or four batches, and 30
     * seconds to close.
     */
    public BatcherOptions(String name, int maxBatch, Duration timeout) {
        this(
                name,
                maxBatch,
                maxBatch,
                timeout,
                Math.max(DEFAULT_PENDING, 4 * maxBatch),
                1,
                DEFAULT_CLOSE_TIMEOUT);
    }

    /** The same with batches that need not be full to go at once. */
    public BatcherOptions withEnough(int items) {
        return new BatcherOptions(
                name, maxBatch, items, timeout, maxPending, threads, closeTimeout);
    }

    /** The same with another number of threads. */
    public BatcherOptions withThreads(int count) {
        return new BatcherOptions(name, maxBatch, enough, timeout, maxPending, count, closeTimeout);
    }

    /** The same with room for another number of waiting items. */
    BatcherOptions withMaxPending(int count) {
        return new BatcherOptions(name, maxBatch, enough, timeout, count, threads, closeTimeout);
    }

    /** The same with another bound on closing. */
    BatcherOptions withCloseTimeout(Duration bound) {
        return new BatcherOptions(name, maxBatch, enough, timeout, maxPending, threads, bound);
    }
}
