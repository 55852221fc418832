// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuWaitsTest {

    private final List<Integer> asleep = new ArrayList<>();

    @Test
    void theDriverIsAskedForTheGpu() {
        GpuWaits.sleep(2, Optional.of(driver(0, 0)));

        assertThat(asleep).containsExactly(2);
    }

    @Test
    void aRefusalIsSaidAndNoReasonToFail() {
        try (LogCapture log = new LogCapture(GpuWaits.class)) {
            GpuWaits.sleep(0, Optional.empty());
            GpuWaits.sleep(1, Optional.of(driver(802, 0)));
            GpuWaits.sleep(3, Optional.of(driver(0, 101)));

            assertThat(log.lines())
                    .containsExactly(
                            "threads spin while they wait for GPU 1: error 802",
                            "threads spin while they wait for GPU 3: error 101");
        }
        assertThat(asleep).containsExactly(3);
    }

    private CudaDriver driver(int start, int answer) {
        return new CudaDriver() {
            @Override
            public int start() {
                return start;
            }

            @Override
            public String describe(int error) {
                return "error " + error;
            }

            @Override
            public int version() {
                return 12040;
            }

            @Override
            public int sleepWhileWaiting(int gpu) {
                asleep.add(gpu);
                return answer;
            }
        };
    }
}
