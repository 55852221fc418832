// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

/**
 * Listener that hears of every batch that succeeded; called in the thread that worked on it. A
 * failure of its own changes nothing for the batch.
 */
@FunctionalInterface
public interface BatchListener {

    /** Does nothing. */
    BatchListener NONE = (size, waitedNanos, processedNanos) -> {};

    /**
     * One batch has succeeded.
     *
     * @param size items of the batch
     * @param waitedNanos from the arrival of its first item until work began
     * @param processedNanos how long the processor took
     */
    void processed(int size, long waitedNanos, long processedNanos);

    /**
     * Batches are smaller from now on, because the device had no memory for one. Nobody takes a
     * batch meanwhile: must be short, and not use the batcher.
     *
     * @param from items of the largest batch before
     * @param to items of the largest batch from now on
     */
    default void shrunk(int from, int to) {}
}
