// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

import java.util.List;

/** Work that a {@link MicroBatcher} does on a batch, such as one call of a network. */
@FunctionalInterface
public interface BatchProcessor<I, O> {

    /**
     * Works on one batch. Called from as many threads at a time as the batcher has.
     *
     * @param batch one to {@link BatcherOptions#maxBatch()} items of one key, oldest first
     * @return one result per item, in the order of the items
     * @throws OutOfDeviceMemoryException where the batch is too large; its items are then tried in
     *     smaller ones, and so is whatever comes later
     * @throws Exception fails the batch; its items are then tried one by one
     */
    List<O> process(List<I> batch) throws Exception;

    /** The device has no memory for a batch as large as this one; a smaller one may fit. */
    final class OutOfDeviceMemoryException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public OutOfDeviceMemoryException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
