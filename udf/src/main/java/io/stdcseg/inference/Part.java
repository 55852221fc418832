// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One of several parts of equal size of something countable.
 *
 * @param index from 0
 * @param of how many parts there are
 */
record Part(int index, int of) {

    /** Everything. */
    static final Part WHOLE = new Part(0, 1);

    /** All parts, in order. */
    static List<Part> split(int of) {
        return IntStream.range(0, of).mapToObj(index -> new Part(index, of)).toList();
    }

    /** Where it begins if there are {@code count}. */
    int begin(int count) {
        return (int) ((long) count * index / of);
    }

    /** Where it ends, exclusive. */
    int end(int count) {
        return (int) ((long) count * (index + 1) / of);
    }

    /** Does all of some work, several at a time if there are several; returns when it is done. */
    static <T> void forEach(List<T> workers, Consumer<T> work) {
        if (workers.size() == 1) {
            work.accept(workers.get(0));
        } else {
            workers.parallelStream().forEach(work);
        }
    }
}
