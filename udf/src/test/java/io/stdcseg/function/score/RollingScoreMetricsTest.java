// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.testing.TestScores;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.metrics.groups.GenericMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.junit.jupiter.api.Test;

class RollingScoreMetricsTest {

    private final List<Metric> registered = new ArrayList<>();
    private final RollingScoreMetrics metrics =
            new RollingScoreMetrics(
                    new GenericMetricGroup(
                            TestingMetricRegistry.builder()
                                    .setRegisterConsumer(
                                            (metric, name, group) -> registered.add(metric))
                                    .setUnregisterConsumer(
                                            (metric, name, group) -> registered.remove(metric))
                                    .build(),
                            UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup(),
                            "rolling scores"),
                    List.of("road", "car"));

    @Test
    void aStreamHasItsGaugesUntilItEnds() {
        metrics.update(window("a", 0.5));
        metrics.update(window("b", 0.6));
        metrics.update(window("a", 0.7));

        assertThat(registered).hasSize(6);
        assertThat(registered.get(0))
                .satisfies(gauge -> assertThat(((Gauge<?>) gauge).getValue()).isEqualTo(0.7));

        metrics.remove("a");
        metrics.remove("unknown");
        assertThat(registered).hasSize(3);
        metrics.remove("b");
        assertThat(registered).isEmpty();

        metrics.update(window("a", 0.8));
        assertThat(registered).hasSize(3);
    }

    private static ScoreWindow window(String stream, double miou) {
        return new ScoreWindow(
                stream, 0, 1, 1, TestScores.of(miou, 1, miou, miou), List.of("road", "car"), 0);
    }
}
