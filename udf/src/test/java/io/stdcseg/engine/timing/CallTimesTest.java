// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.engine.timing.LatencyMeter.Latency;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CallTimesTest {

    private static final long MILLI = 1_000_000;

    @Test
    void percentilesAreTimesThatWereMeasured() {
        // 1 to 2000 ms, the slow ones first: the list grows, and is not in order.
        CallTimes times = new CallTimes();
        LongStream.rangeClosed(1, 2000).map(i -> 2001 - i).forEach(i -> times.add(i * MILLI));

        Latency.Timing timing = CallTimes.timing(List.of(times), 1, 0);

        assertThat(timing.p50()).isEqualTo(1000);
        assertThat(timing.p95()).isEqualTo(1900);
        assertThat(timing.p99()).isEqualTo(1980);
    }

    @Test
    void oneCallIsEveryPercentile() {
        assertThat(CallTimes.timing(List.of(times(250)), 1, 400 * MILLI))
                .isEqualTo(new Latency.Timing(4, 250, 250, 250, 400));
    }

    @Test
    void callsSideBySideAddUp() {
        Latency.Timing timing =
                CallTimes.timing(List.of(times(100, 100), times(200)), 8, 480 * MILLI);

        assertThat(timing.framesPerSecond()).isEqualTo(8 * (10 + 5));
        assertThat(timing.p50()).isEqualTo(100);
        assertThat(timing.p99()).isEqualTo(200);
        assertThat(timing.processorMillis()).isEqualTo(20);
    }

    private static CallTimes times(long... millis) {
        CallTimes times = new CallTimes();
        LongStream.of(millis).forEach(i -> times.add(i * MILLI));
        return times;
    }
}
