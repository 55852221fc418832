// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Partition of rows or blocks: one of several parts of equal size, each for one thread.
 *
 * @param index from 0
 * @param of how many parts there are
 */
public record Partition(int index, int of) {

    /** Everything. */
    public static final Partition WHOLE = new Partition(0, 1);

    /** All parts, in order. */
    public static List<Partition> split(int of) {
        return IntStream.range(0, of).mapToObj(index -> new Partition(index, of)).toList();
    }

    /** Where it begins if there are {@code count}. */
    int begin(int count) {
        return (int) ((long) count * index / of);
    }

    /** Where it ends, exclusive. */
    int end(int count) {
        return (int) ((long) count * (index + 1) / of);
    }

    /**
     * Does all of some work, several at a time if there are several. Returns or fails when nobody
     * works any more: what they work on may then be freed.
     */
    public static <T> void forEach(List<T> workers, Consumer<T> work) {
        if (workers.size() == 1) {
            work.accept(workers.get(0));
            return;
        }
        List<Throwable> failures =
                workers.parallelStream().flatMap(worker -> failure(worker, work).stream()).toList();
        for (Throwable failure : failures) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
    }

    private static <T> Optional<Throwable> failure(T worker, Consumer<T> work) {
        try {
            work.accept(worker);
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            return Optional.of(e);
        }
    }
}
