// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

    @Test
    void countsAsPeopleDo() {
        List<String> ordered =
                List.of("", "1", "01", "2", "10", "a", "a/2.png", "a2", "a10", "a10b2", "a10b11");

        assertThat(
                        ordered.stream()
                                .sorted((a, b) -> b.compareTo(a))
                                .sorted(NaturalOrder.INSTANCE)
                                .toList())
                .containsExactly(
                        "", "01", "1", "2", "10", "a", "a/2.png", "a2", "a10", "a10b2", "a10b11");
    }
}
