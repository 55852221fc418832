// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.metric.MaskScores;
import io.stdcseg.metric.Scores;
import io.stdcseg.testing.TestScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.GenericMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.junit.jupiter.api.Test;

class RollingScoreMetricsTest {

    private final Map<String, Metric> registered = new LinkedHashMap<>();
    private long nanos;
    private final RollingScoreMetrics metrics =
            new RollingScoreMetrics(
                    new GenericMetricGroup(
                            TestingMetricRegistry.builder()
                                    .setRegisterConsumer(
                                            (metric, name, group) ->
                                                    registered.put(key(name, group), metric))
                                    .setUnregisterConsumer(
                                            (metric, name, group) ->
                                                    registered.remove(key(name, group)))
                                    .build(),
                            UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup(),
                            "rolling scores"),
                    List.of("road", "car"),
                    () -> nanos);

    @Test
    void aStreamHasItsGaugesUntilItEnds() {
        metrics.update(window("a", 0.5));
        metrics.update(window("b", 0.6));
        metrics.update(window("a", 0.7));

        assertThat(registered).hasSize(2 * (12 + 2 * 2));
        assertThat(value("a", "rollingMiou")).isEqualTo(0.7);
        assertThat(value("a.class.car", "rollingIou")).isEqualTo(0.7);
        assertThat(value("b", "rollingMiou")).isEqualTo(0.6);

        metrics.remove("a");
        metrics.remove("unknown");
        assertThat(registered).hasSize(16).doesNotContainKey("a rollingMiou");
        metrics.remove("b");
        assertThat(registered).isEmpty();

        metrics.update(window("a", 0.8));
        assertThat(registered).hasSize(16);
    }

    @Test
    void whatIsKnownWithoutLabelsIsThereToo() {
        MaskScores masks =
                new MaskScores(
                        10,
                        new double[] {0.75, 0.25},
                        0.1,
                        0.9,
                        9,
                        0.95,
                        8,
                        2.5,
                        new double[0],
                        new MaskScores.Judgement(
                                0.01, 0.02, false, false, false, false, false, false));
        metrics.update(window("a", Double.NaN).with(masks));

        assertThat(value("a", "rollingMiou")).isEqualTo(Double.NaN);
        assertThat(value("a", "rollingStability")).isEqualTo(0.9);
        assertThat(value("a", "rollingStabilityPairs")).isEqualTo(9L);
        assertThat(value("a", "rollingTemporalConsistency")).isEqualTo(0.95);
        assertThat(value("a", "rollingTemporalConsistencyPairs")).isEqualTo(8L);
        assertThat(value("a", "rollingDriftNats")).isEqualTo(0.01);
        assertThat(value("a", "rollingLumaDriftNats")).isEqualTo(0.02);
        assertThat(value("a", "rollingSharpness")).isEqualTo(2.5);
        assertThat(value("a", "rollingUncertainShare")).isEqualTo(0.1);
        assertThat(value("a", "rollingMaskFrames")).isEqualTo(10L);
        assertThat(value("a.class.car", "rollingClassShare")).isEqualTo(0.25);
    }

    /** A stream that is away, or has no labels any more, is not taken for one that does well. */
    @Test
    void aWindowTellsItsAgeAndItsFrames() {
        metrics.update(window("a", 0.5));
        nanos += 3_500_000_000L;
        assertThat(value("a", "rollingAgeSeconds")).isEqualTo(3.5);
        assertThat(value("a", "rollingLabelledFrames")).isEqualTo(1L);

        metrics.update(new ScoreWindow("a", 1, 2, 0, Scores.none(2), List.of("road", "car"), 0));
        assertThat(value("a", "rollingAgeSeconds")).isEqualTo(0.0);
        assertThat(value("a", "rollingLabelledFrames")).isEqualTo(0L);
        assertThat(value("a", "rollingMiou")).isEqualTo(Double.NaN);
    }

    private Object value(String group, String name) {
        return ((Gauge<?>) registered.get(group + " " + name)).getValue();
    }

    /** The stream, and the class, that a metric is of; its name. */
    private static String key(String name, MetricGroup group) {
        String scope = String.join(".", group.getScopeComponents());
        return scope.substring(scope.indexOf(".stream.") + 8) + " " + name;
    }

    private static ScoreWindow window(String stream, double miou) {
        return new ScoreWindow(
                stream, 0, 1, 1, TestScores.of(miou, 1, miou, miou), List.of("road", "car"), 0);
    }
}
