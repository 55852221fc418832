// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

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
 * Data loader: reads and augments pictures in threads of its own, some batches ahead of the
 * training.
 *
 * <p>Each batch is a pure function of data sets, seed and its number, however many threads there
 * are and wherever a training was resumed. One thread takes batches; any may close.
 */
public final class DataLoader implements AutoCloseable {

    /** Batches that are being filled while one is used. */
    private static final int PREFETCHED = 3;

    private final BatchShape shape;
    private final BatchSampler sampler;
    private final long seed;
    private final ThreadPoolExecutor threads;
    private final Deque<Pending> ahead = new ArrayDeque<>();
    private TrainingBatch lent;
    private long nextIteration;

    /** A batch that is being filled, and who fills it. */
    private record Pending(TrainingBatch batch, List<Future<?>> slots) {}

    /**
     * Shape of batches.
     *
     * @param pictures in a batch
     * @param rows of each
     * @param columns of each
     * @param labelBytes that each picture's label or labels take
     * @param plain whether a teacher wants to see them in their own light
     */
    public record BatchShape(int pictures, int rows, int columns, int labelBytes, boolean plain) {

        private static final int CHANNELS = 3;

        /** Of batches for no teacher. */
        public BatchShape(int pictures, int rows, int columns, int labelBytes) {
            this(pictures, rows, columns, labelBytes, false);
        }

        /** Bytes that a picture's pixels take. */
        int pixelBytes() {
            return CHANNELS * rows * columns;
        }
    }

    /**
     * Starts loading.
     *
     * @param firstIteration number of the first batch, from 0
     * @param threads that read and augment pictures
     */
    public DataLoader(DataMix mix, BatchShape shape, long seed, long firstIteration, int threads) {
        this.shape = shape;
        this.sampler = new BatchSampler(mix, shape.pictures(), seed);
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
        for (int i = 0; i < PREFETCHED; i++) {
            start(
                    allocate(shape.labelBytes()),
                    allocate(shape.pixelBytes()),
                    shape.plain() ? allocate(shape.pixelBytes()) : null);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "stdc-batch-loader");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    private ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(shape.pictures() * bytes).order(ByteOrder.nativeOrder());
    }

    private void start(ByteBuffer labels, ByteBuffer pixels, ByteBuffer plainPixels) {
        long iteration = nextIteration++;
        List<BatchSampler.Sample> samples = sampler.batch(iteration);
        List<String> names =
                samples.stream()
                        .map(
                                sample ->
                                        sample.dataset()
                                                .image(sample.index())
                                                .getFileName()
                                                .toString())
                        .toList();
        TrainingBatch batch =
                new TrainingBatch(
                        iteration,
                        names,
                        shape.rows(),
                        shape.columns(),
                        pixels,
                        labels,
                        plainPixels,
                        samples.size() - sampler.unlabelled(iteration));
        List<Future<?>> slots = new ArrayList<>();
        for (int slot = 0; slot < samples.size(); slot++) {
            BatchSampler.Sample sample = samples.get(slot);
            int index = slot;
            slots.add(threads.submit(() -> fill(batch, index, sample)));
        }
        ahead.add(new Pending(batch, slots));
    }

    private void fill(TrainingBatch batch, int slot, BatchSampler.Sample sample) {
        sample.dataset()
                .write(
                        sample.index(),
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
                start(free.labels(), free.pixels(), free.plainPixels());
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
