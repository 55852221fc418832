// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

import io.stdcseg.batch.BatchQueue.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Dynamic batching: groups single items of many callers into batches; items in, futures out.
 *
 * <p>A batch holds items of one key only, at most {@link BatcherOptions#maxBatch()}; it goes when
 * it is full or when its first item has waited {@link BatcherOptions#timeout()}. A batch that fails
 * is tried item by item, so that one bad item fails alone. Where it failed because the device lacks
 * memory, the largest batch is halved for good, and the items are tried in smaller ones.
 *
 * <p>Of the batches that are ready, the one whose first item came first goes first, and items of a
 * key leave as they came: nothing that comes later delays a batch that is ready. So callers that
 * bound what they have in flight cannot starve each other, and while all have work, their shares
 * are as their bounds.
 *
 * <p>Thread-safe. Futures complete in the thread that worked on the batch; what depends on them
 * should be short.
 */
public final class MicroBatcher<I, O> implements AutoCloseable {

    private final BatcherOptions options;
    private final Function<? super I, ?> key;
    private final BatchQueue<I, O> queue;
    private final BatchRunner<I, O> runner;
    private final List<Worker> workers = new ArrayList<>();
    private final CompletableFuture<Void> terminated;

    /** A batcher on the system's clock that tells nobody of its batches. */
    public MicroBatcher(
            BatchProcessor<I, O> processor, Function<? super I, ?> key, BatcherOptions options) {
        this(processor, key, options, BatchListener.NONE, System::nanoTime);
    }

    /**
     * Starts the batcher's threads, if it has any.
     *
     * @param key items whose keys are equal may share a batch
     * @param nanoClock in nanoseconds, like {@link System#nanoTime()}
     */
    public MicroBatcher(
            BatchProcessor<I, O> processor,
            Function<? super I, ?> key,
            BatcherOptions options,
            BatchListener listener,
            LongSupplier nanoClock) {
        this.options = options;
        this.key = key;
        this.queue = new BatchQueue<>(options, nanoClock);
        this.runner = new BatchRunner<>(processor, listener, nanoClock, queue);
        for (int i = 0; i < options.threads(); i++) {
            workers.add(new Worker(options.name() + "-" + i));
        }
        this.terminated =
                workers.isEmpty()
                        ? new CompletableFuture<>()
                        : CompletableFuture.allOf(
                                workers.stream()
                                        .map(worker -> worker.done)
                                        .toArray(CompletableFuture<?>[]::new));
        workers.forEach(Thread::start);
    }

    /**
     * Hands an item over; waits while {@link BatcherOptions#maxPending()} items are waiting.
     *
     * @return the item's result; it fails with the processor's exception, or with {@link
     *     BatcherClosedException} if the batcher is closed before the item's turn
     */
    public CompletableFuture<O> submit(I item) {
        try {
            return queue.put(item, key.apply(item), options.threads() > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(e);
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Lets everything that waits go at once. Without threads the caller's works on it before this
     * returns.
     */
    public void flush() {
        queue.flush();
        if (options.threads() == 0) {
            runReady();
        }
    }

    /**
     * Works on every batch that is ready, in the caller's thread; how a batcher without threads is
     * driven.
     *
     * @return how many batches there were
     */
    int runReady() {
        int batches = 0;
        for (List<Pending<I, O>> batch = queue.poll(); !batch.isEmpty(); batch = queue.poll()) {
            runner.run(batch);
            batches++;
        }
        return batches;
    }

    /** How many items wait for a batch now. */
    int pending() {
        return queue.size();
    }

    /**
     * Completes when the batcher is closed and its processor will not be called again: what the
     * processor uses may be freed then.
     */
    public CompletableFuture<Void> terminated() {
        return terminated.copy();
    }

    /**
     * Fails what waits for a batch and refuses further items, then waits for the batches that are
     * being worked on, at most {@link BatcherOptions#closeTimeout()}. A batch that takes longer
     * still completes its futures when its call returns, not before: until then the call may use
     * the items' memory. Further calls only wait.
     */
    @Override
    public void close() {
        failPending();
        if (workers.isEmpty()) {
            terminated.complete(null);
        }
        if (workers.stream().anyMatch(worker -> worker == Thread.currentThread())) {
            // A callback closes the batcher it was called by: that batch is done, do not wait.
            return;
        }
        try {
            terminated.get(options.closeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            // Bounded as promised; terminated() tells when the call has returned.
        } catch (ExecutionException e) {
            throw new IllegalStateException("batcher " + options.name() + " failed", e.getCause());
        }
    }

    private void failPending() {
        for (Pending<I, O> pending : queue.close()) {
            pending.result().completeExceptionally(new BatcherClosedException(options.name()));
        }
    }

    /** Worker thread: takes batch after batch until the queue closes. */
    private final class Worker extends Thread {

        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Worker(String name) {
            super(name);
            setDaemon(true);
            // The thread may outlive the job that made it; it must not hold that job's classes.
            setContextClassLoader(null);
        }

        @Override
        public void run() {
            try {
                List<Pending<I, O>> batch = queue.take();
                while (!batch.isEmpty()) {
                    runner.run(batch);
                    batch = queue.take();
                }
                done.complete(null);
            } catch (Throwable e) {
                // Nobody will take what is left, so nobody may wait for it.
                failPending();
                done.completeExceptionally(e);
            }
        }
    }
}
