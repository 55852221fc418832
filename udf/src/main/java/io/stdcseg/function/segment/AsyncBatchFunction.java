// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * Asynchronous function on single elements, whose work is done elsewhere, usually in batches; what
 * an {@link AsyncBatchOperator} calls. All methods run in the task's thread; futures complete in
 * any.
 *
 * <p>Elements and results may hold memory that somebody must give back: where they are {@link
 * AutoCloseable}, whoever has them last closes them.
 */
public interface AsyncBatchFunction<IN, OUT> extends Serializable, AutoCloseable {

    /**
     * Called once, before anything else but {@link #close()}.
     *
     * @param capacity most elements that there may be in flight
     * @return how many are worth having in flight, at most {@code capacity}
     */
    default int open(RuntimeContext context, int capacity) throws Exception {
        return capacity;
    }

    /**
     * Takes an element over; results leave in the order of the elements. What cannot be worked on
     * is closed here, and the future fails.
     */
    CompletableFuture<OUT> apply(IN element) throws Exception;

    /** Lets elements that wait for a batch go at once: a checkpoint or the end waits for them. */
    default void flush() {}

    /** How an error names an element. */
    default String describe(IN element) {
        return "element " + element;
    }

    /**
     * Called at the end, also if {@link #open} failed or was never called. Work that has begun may
     * end later: its future completes then, and the operator closes the result.
     */
    @Override
    default void close() throws Exception {}
}
