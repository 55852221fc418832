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

class PartTest {

    @Test
    void partsFollowEachOther() {
        List<Part> parts = Part.split(3);

        assertThat(parts).extracting(part -> part.begin(10)).containsExactly(0, 3, 6);
        assertThat(parts).extracting(part -> part.end(10)).containsExactly(3, 6, 10);
    }

    @Test
    void aFailureWaitsForAllOthers() {
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        List<Integer> workers = IntStream.range(0, 100).boxed().toList();

        assertThatThrownBy(
                        () ->
                                Part.forEach(
                                        workers,
                                        worker -> {
                                            if (worker == 7) {
                                                throw new IllegalStateException("broken");
                                            }
                                            done.add(worker);
                                        }))
                .hasMessage("broken");
        assertThat(done).hasSize(99).doesNotContain(7);
    }
}
