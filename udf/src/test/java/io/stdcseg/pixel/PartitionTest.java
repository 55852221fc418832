// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {

    @Test
    void partsFollowEachOther() {
        List<Partition> parts = Partition.split(3);

        assertThat(parts).extracting(part -> part.begin(10)).containsExactly(0, 3, 6);
        assertThat(parts).extracting(part -> part.end(10)).containsExactly(3, 6, 10);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
    void aFailureWaitsForAllOthers(Class<? extends Throwable> type) {
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        List<Integer> workers = IntStream.range(0, 100).boxed().toList();

        assertThatThrownBy(
                        () ->
                                Partition.forEach(
                                        workers,
                                        worker -> {
                                            if (worker == 7) {
                                                fail(type);
                                            }
                                            done.add(worker);
                                        }))
                .isInstanceOf(type)
                .hasMessage("broken");
        assertThat(done).hasSize(99).doesNotContain(7);
    }

    private static void fail(Class<? extends Throwable> type) {
        if (type == OutOfMemoryError.class) {
            throw new OutOfMemoryError("broken");
        }
        throw new IllegalStateException("broken");
    }
}
