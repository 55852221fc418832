// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.training.data.BatchSampler.BatchSize;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads and varies pictures in threads of its own, some batches ahead of the training.
 *
 * <p>Each batch is a pure function of examples, seed and its number, however many threads there are
 * and wherever a training was resumed. One thread takes batches; any may close.
 */
public final class DataLoader implements AutoCloseable {

    private static final int AHEAD = 3;

    /** A batch that is being filled, and who fills it. */
    private record Pending(TrainingBatch batch, List<Future<?>> slots) {}

    private final BatchSize size;
    private final BatchSampler plan;
    private final long seed;
    private final ThreadPoolExecutor threads;
    private final Deque<Pending> ahead = new ArrayDeque<>();
    private TrainingBatch lent;
    private long nextIteration;

    /**
     * Starts loading.
     *
     * @param own examples of the data set
     * @param others examples beside it; may be none
     * @param extraShare share of the pictures that come from the others if there are any, 0 to 1
     * @param firstIteration number of the first batch, from 0
     * @param threads that read and vary pictures
     */
    public DataLoader(
            AugmentedDataset own,
            AugmentedDataset others,
            BatchSize size,
            double extraShare,
            long seed,
            long firstIteration,
            int threads) {
        this.size = size;
        this.plan = new BatchSampler(own, others, size.pictures(), extraShare, seed);
        this.seed = seed;
        this.nextIteration = firstIteration;
        this.threads =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        DataLoader::thread);
        for (int i = 0; i < AHEAD; i++) {
            start(allocate(size.labelBytes()), allocate(size.pixelBytes()));
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "stdc-batch-loader");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    private ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(size.pictures() * bytes).order(ByteOrder.nativeOrder());
    }

    private void start(ByteBuffer labels, ByteBuffer pixels) {
        long iteration = nextIteration++;
        List<BatchSampler.Source> sources = plan.batch(iteration);
        List<String> names =
                sources.stream()
                        .map(source -> source.set().image(source.index()).getFileName().toString())
                        .toList();
        TrainingBatch batch =
                new TrainingBatch(iteration, names, size.rows(), size.columns(), pixels, labels);
        List<Future<?>> slots = new ArrayList<>();
        for (int slot = 0; slot < sources.size(); slot++) {
            BatchSampler.Source source = sources.get(slot);
            int index = slot;
            slots.add(threads.submit(() -> fill(batch, index, source)));
        }
        ahead.add(new Pending(batch, slots));
    }

    private void fill(TrainingBatch batch, int slot, BatchSampler.Source source) {
        source.set()
                .write(
                        source.index(),
                        SampleSeeds.random(seed, batch.iteration(), slot),
                        batch,
                        slot);
    }

    /**
     * Waits for the next batch. It is the caller's until the following call, which fills its
     * buffers anew.
     *
     * @throws io.stdcseg.error.InputException if a picture or its labels cannot be read; so does
     *     every further call
     * @throws IllegalStateException if the loader is closed
     */
    public TrainingBatch next() throws InterruptedException {
        try {
            if (lent != null) {
                TrainingBatch free = lent;
                lent = null;
                start(free.labels(), free.pixels());
            }
            await(ahead.element());
        } catch (RejectedExecutionException | CancellationException e) {
            throw new IllegalStateException("the batch loader is closed", e);
        }
        lent = ahead.remove().batch();
        return lent;
    }

    private static void await(Pending batch) throws InterruptedException {
        for (Future<?> slot : batch.slots()) {
            try {
                slot.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw (Error) e.getCause();
            }
        }
    }

    /** Stops loading; who waits for a batch gets an error. Pictures being read are read to end. */
    @Override
    public void close() {
        for (Runnable slot : threads.shutdownNow()) {
            ((Future<?>) slot).cancel(false);
        }
    }
}
