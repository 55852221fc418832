// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Bounded queue that gives batches: many threads put items, workers take batches. */
final class BatchQueue<I, O> {

    private final BatcherOptions options;
    private final LongSupplier nanoClock;
    private final BatchDecision<I, O> decision;

    /** Fair, so that who waits for room gets it in turn. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition changed = lock.newCondition();
    private final Condition room = lock.newCondition();
    private boolean closed;

    BatchQueue(BatcherOptions options, LongSupplier nanoClock) {
        this.options = options;
        this.nanoClock = nanoClock;
        this.decision =
                new BatchDecision<>(
                        options.maxBatch(), options.enough(), options.timeout().toNanos());
    }

    /**
     * Adds an item.
     *
     * @param mayWait whether to wait while the queue is full
     * @throws BatcherClosedException if the queue is closed, or becomes so while waiting
     * @throws IllegalStateException if the queue is full and {@code mayWait} is false
     */
    CompletableFuture<O> put(I item, Object key, boolean mayWait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && decision.size() >= options.maxPending()) {
                if (!mayWait) {
                    throw new IllegalStateException(
                            "batcher "
                                    + options.name()
                                    + " holds "
                                    + decision.size()
                                    + " items, as many as it may, and has no thread");
                }
                room.await();
            }
            if (closed) {
                throw new BatcherClosedException(options.name());
            }
            Pending<I, O> pending =
                    new Pending<>(
                            item,
                            key,
                            decision.nextSequence(),
                            nanoClock.getAsLong(),
                            new CompletableFuture<>());
            decision.add(pending);
            changed.signal();
            return pending.result();
        } finally {
            lock.unlock();
        }
    }

    /** The next ready batch, or an empty list if none is ready now. */
    List<Pending<I, O>> poll() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next ready batch; an empty list once the queue is closed. */
    List<Pending<I, O>> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                long wait = decision.nanosUntilReady(nanoClock.getAsLong());
                if (wait == 0) {
                    return next();
                }
                if (wait == BatchDecision.NEVER) {
                    changed.await();
                } else {
                    long unused = changed.awaitNanos(wait);
                }
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    void flush() {
        lock.lock();
        try {
            decision.flush();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Halves the largest batch until it is smaller than that many items, unless it is already: of
     * several workers whose batches failed together, only the first changes anything.
     *
     * @param listener hears of a change while nobody takes a batch
     * @return items of the largest batch from now on
     */
    int shrinkBelow(int items, BatchListener listener) {
        lock.lock();
        try {
            int before = decision.maxBatch();
            decision.shrinkBelow(items);
            int after = decision.maxBatch();
            if (after < before) {
                listener.shrunk(before, after);
                // What waits may be a full batch now.
                changed.signalAll();
            }
            return after;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further items, ends every wait, and gives back what was never taken. */
    List<Pending<I, O>> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            room.signalAll();
            return decision.removeAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return decision.size();
        } finally {
            lock.unlock();
        }
    }

    private List<Pending<I, O>> next() {
        List<Pending<I, O>> batch = decision.next(nanoClock.getAsLong());
        if (!batch.isEmpty()) {
            room.signalAll();
            // Another batch may be ready too, and its worker asleep.
            changed.signal();
        }
        return batch;
    }

    /**
     * One item that waits for its batch.
     *
     * @param sequence position among all items of the batcher
     * @param arrivedNanos on the batcher's clock
     */
    record Pending<I, O>(
            I item, Object key, long sequence, long arrivedNanos, CompletableFuture<O> result) {}
}
