// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

import io.stdcseg.batch.BatchProcessor.OutOfDeviceMemoryException;
import io.stdcseg.batch.BatchQueue.Pending;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Runner of batches: works on one and completes its futures, each once and in order; tries again
 * what may succeed in smaller ones. Thread-safe.
 */
final class BatchRunner<I, O> {

    private final BatchProcessor<I, O> processor;
    private final BatchListener listener;
    private final LongSupplier nanoClock;
    private final BatchQueue<I, O> queue;

    /**
     * @param queue where batches come from; once it is closed time is short, and a failed batch is
     *     not tried again
     */
    BatchRunner(
            BatchProcessor<I, O> processor,
            BatchListener listener,
            LongSupplier nanoClock,
            BatchQueue<I, O> queue) {
        this.processor = processor;
        this.listener = new GuardedListener(listener);
        this.nanoClock = nanoClock;
        this.queue = queue;
    }

    void run(List<Pending<I, O>> batch) {
        try {
            complete(batch, process(batch));
        } catch (Exception e) {
            if (batch.size() == 1 || queue.isClosed()) {
                fail(batch, e);
            } else if (e instanceof OutOfDeviceMemoryException) {
                runInSmallerBatches(batch);
            } else {
                runOneByOne(batch);
            }
        } catch (Throwable e) {
            // The thread goes on: the next batch may well succeed, and nobody may wait forever.
            fail(batch, e);
        }
    }

    private void runInSmallerBatches(List<Pending<I, O>> batch) {
        int next = 0;
        while (next < batch.size()) {
            // Asked for again each time: a smaller batch may have been too large, too.
            int end = Math.min(batch.size(), next + queue.shrinkBelow(batch.size(), listener));
            run(batch.subList(next, end));
            next = end;
        }
    }

    private void runOneByOne(List<Pending<I, O>> batch) {
        for (Pending<I, O> pending : batch) {
            run(List.of(pending));
        }
    }

    private List<O> process(List<Pending<I, O>> batch) throws Exception {
        long started = nanoClock.getAsLong();
        List<O> results = processor.process(batch.stream().map(Pending::item).toList());
        if (results.size() != batch.size()) {
            throw new IllegalStateException(
                    "processor gave "
                            + results.size()
                            + " results for a batch of "
                            + batch.size()
                            + " items");
        }
        listener.processed(
                batch.size(),
                started - batch.get(0).arrivedNanos(),
                nanoClock.getAsLong() - started);
        return results;
    }

    private static <I, O> void complete(List<Pending<I, O>> batch, List<O> results) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).result().complete(results.get(i));
        }
    }

    private static <I, O> void fail(List<Pending<I, O>> batch, Throwable error) {
        for (Pending<I, O> pending : batch) {
            pending.result().completeExceptionally(error);
        }
    }

    /**
     * Listener whose failures are kept from the batches: they are its own. They go to the thread's
     * handler for what nobody catches, which logs them, and the thread goes on.
     */
    private static final class GuardedListener implements BatchListener {

        private final BatchListener listener;

        GuardedListener(BatchListener listener) {
            this.listener = listener;
        }

        @Override
        public void processed(int size, long waitedNanos, long processedNanos) {
            try {
                listener.processed(size, waitedNanos, processedNanos);
            } catch (RuntimeException e) {
                report(e);
            }
        }

        @Override
        public void shrunk(int from, int to) {
            try {
                listener.shrunk(from, to);
            } catch (RuntimeException e) {
                report(e);
            }
        }

        private static void report(RuntimeException failure) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        }
    }
}
