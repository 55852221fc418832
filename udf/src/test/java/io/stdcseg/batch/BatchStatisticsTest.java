// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BatchStatisticsTest {

    private final BatchStatistics statistics = new BatchStatistics();

    @Test
    void saysZeroBeforeTheFirstBatch() {
        assertThat(statistics.size()).isZero();
    }

    @Test
    void followsItsLastBatches() {
        statistics.processed(8, 1_000_000, 100_000_000);
        assertThat(statistics.size()).isEqualTo(8);

        for (int i = 0; i < 100; i++) {
            statistics.processed(2, 3_000_000, 50_000_000);
        }

        assertThat(statistics.size()).isCloseTo(2, within(0.01));
    }
}
