// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Parallel reduction: work that several threads do side by side, and the sum of what they did. */
final class ParallelReduction {

    private ParallelReduction() {}

    /** How many threads that are; 0 = one per core. */
    static int threads(int asked) {
        return asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
    }

    /**
     * Runs the same work in every thread and adds up what they did. Returns when all are done,
     * failed or not: what they use must not be freed under one that computes.
     */
    static <T> T sum(int threads, Supplier<T> work, BinaryOperator<T> plus) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            return Stream.generate(() -> CompletableFuture.supplyAsync(work, pool))
                    .limit(threads)
                    .reduce((a, b) -> a.thenCombine(b, plus))
                    .orElseThrow()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw (Error) e.getCause();
        } finally {
            pool.shutdown();
        }
    }
}
