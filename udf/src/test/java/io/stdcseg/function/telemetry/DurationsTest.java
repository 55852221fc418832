// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private final InterceptingOperatorMetricGroup group = new InterceptingOperatorMetricGroup();
    private final Durations durations = Durations.register(group, "workMicros");

    @Test
    void areMicrosecondsOfTheLastThousand() {
        durations.add(9_000_000_000L);
        for (int millis = 1; millis <= Durations.WINDOW; millis++) {
            durations.add(millis * 1_000_000L);
        }

        Histogram histogram = (Histogram) group.get("workMicros");
        assertThat(histogram.getCount()).isEqualTo(Durations.WINDOW + 1);
        HistogramStatistics statistics = histogram.getStatistics();
        assertThat(statistics.getMax()).isEqualTo(1_000_000);
        assertThat(statistics.getMin()).isEqualTo(1_000);
        assertThat(statistics.getQuantile(0.5)).isBetween(500_000.0, 501_000.0);
    }
}
