// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.util.function.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queue of what waits to leave an operator, in order: results that may still be on their way, and
 * events that must not overtake them. Used in the task's thread only.
 */
final class OutputQueue<OUT> {

    private static final Logger LOG = LoggerFactory.getLogger(OutputQueue.class);

    private final Deque<Entry<OUT>> entries = new ArrayDeque<>();
    private int results;

    /** Entry of the queue: a result, or an event, of which {@code result} is null. */
    private record Entry<OUT>(
            CompletableFuture<OUT> result,
            String description,
            Long timestamp,
            ThrowingRunnable<Exception> event) {

        boolean isDone() {
            return result == null || result.isDone();
        }
    }

    /** Target of results. */
    @FunctionalInterface
    interface Target<OUT> {

        /**
         * Takes one result.
         *
         * @param timestamp of the result's element; null if it had none
         */
        void emit(OUT result, Long timestamp) throws Exception;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** How many results have not left yet. */
    int results() {
        return results;
    }

    void addResult(CompletableFuture<OUT> result, String description, Long timestamp) {
        entries.add(new Entry<>(result, description, timestamp, null));
        results++;
    }

    void addEvent(ThrowingRunnable<Exception> event) {
        entries.add(new Entry<>(null, null, null, event));
    }

    /**
     * Lets everything go that is done and has nothing before it.
     *
     * @throws Exception of the first result that failed, naming its element
     */
    void emitDone(Target<OUT> target) throws Exception {
        while (!entries.isEmpty() && entries.element().isDone()) {
            Entry<OUT> entry = entries.remove();
            if (entry.result() == null) {
                entry.event().run();
            } else {
                results--;
                emit(entry, target);
            }
        }
    }

    private void emit(Entry<OUT> entry, Target<OUT> target) throws Exception {
        Throwable failure = entry.result().handle((result, error) -> error).join();
        if (failure != null) {
            throw ElementFailure.of(entry.description(), failure);
        }
        OUT result = entry.result().join();
        try {
            target.emit(result, entry.timestamp());
        } catch (Exception | Error e) {
            release(result);
            throw e;
        }
    }

    /**
     * Forgets everything; results are closed as they come.
     *
     * @return done when no result is on its way any more
     */
    CompletableFuture<Void> abandon() {
        List<CompletableFuture<?>> released = new ArrayList<>();
        for (Entry<OUT> entry : entries) {
            if (entry.result() != null) {
                released.add(
                        entry.result()
                                .handle(
                                        (result, error) -> {
                                            release(result);
                                            return null;
                                        }));
            }
        }
        entries.clear();
        results = 0;
        return CompletableFuture.allOf(released.toArray(new CompletableFuture<?>[0]));
    }

    /** Closes what will not be used any more; a failure to do so must not hide another error. */
    static void release(Object value) {
        if (value instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.warn("{} could not be closed", value, e);
            }
        }
    }
}
