// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Meter;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** The metrics that an operator registers in a test harness. */
public final class OperatorMetrics {

    private final InterceptingOperatorMetricGroup operator = new InterceptingOperatorMetricGroup();

    /** What the harness gives the operator. */
    public MockEnvironment environment() {
        return new MockEnvironmentBuilder()
                .setMetricGroup(
                        new InterceptingTaskMetricGroup() {
                            @Override
                            public InternalOperatorMetricGroup getOrAddOperator(
                                    OperatorID id, String name, Map<String, String> variables) {
                                return operator;
                            }
                        })
                .build();
    }

    /** What a gauge says now. */
    public double number(String name) {
        return ((Number) ((Gauge<?>) operator.get(name)).getValue()).doubleValue();
    }

    public Counter counter(String name) {
        return (Counter) operator.get(name);
    }

    public Histogram histogram(String name) {
        return (Histogram) operator.get(name);
    }

    public Meter meter(String name) {
        return (Meter) operator.get(name);
    }
}
