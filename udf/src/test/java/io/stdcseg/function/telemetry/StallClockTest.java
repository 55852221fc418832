// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.junit.jupiter.api.Test;

class StallClockTest {

    private long now = 5_000_000_000L;
    private boolean work;
    private final StallClock clock = new StallClock(() -> now, () -> work);

    @Test
    void goesWhileThereIsWorkAndNothingIsDone() {
        InterceptingOperatorMetricGroup group = new InterceptingOperatorMetricGroup();
        clock.register(group);
        Gauge<?> stalled = (Gauge<?>) group.get(StallClock.STALLED_SECONDS);
        now += 60_000_000_000L;
        assertThat(stalled.getValue()).as("waits for input").isEqualTo(0.0);

        clock.progress();
        work = true;
        now += 2_500_000_000L;
        assertThat(stalled.getValue()).isEqualTo(2.5);

        clock.progress();
        assertThat(stalled.getValue()).isEqualTo(0.0);
    }
}
