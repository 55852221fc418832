// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReconnectDelaysTest {

    @Test
    void growUntilAConnectionHeld() {
        ReconnectDelays delays = new ReconnectDelays(() -> 0.5);

        List<Long> millis = Stream.generate(() -> delays.next(0).toMillis()).limit(8).toList();
        assertThat(millis)
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L);
        assertThat(delays.next(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(delays.next(Duration.ofSeconds(5).toNanos())).isEqualTo(ReconnectDelays.FIRST);
    }

    @Test
    void differByAFifth() {
        assertThat(new ReconnectDelays(() -> 0).next(0)).isEqualTo(Duration.ofMillis(400));
        assertThat(new ReconnectDelays(() -> 1).next(0)).isEqualTo(Duration.ofMillis(600));
    }
}
