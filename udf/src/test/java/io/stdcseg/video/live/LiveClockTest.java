// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveClockTest {

    private static final long NOW = 1_700_000_000_000_000L;
    private static final long FRAME = 40_000;

    private final LiveClock clock = new LiveClock(LivePosition.NONE);
    private long last = Long.MIN_VALUE;

    @Test
    void jitterOfTheArrivalsIsGone() {
        Random random = new Random(1);
        long first = next(0, NOW);
        for (int i = 1; i < 500; i++) {
            next(i * FRAME, NOW + i * FRAME + random.nextInt(30_000));
        }
        assertThat(last - first - 499 * FRAME).isBetween(-5_000L, 30_000L);
    }

    @Test
    void whatComesInABurstKeepsItsDistances() {
        next(0, NOW);
        for (int i = 1; i < 50; i++) {
            next(i * FRAME, NOW + i);
        }
        assertThat(last - NOW).isBetween(FRAME, 50 * FRAME);
    }

    @Test
    void aJumpIsAbsorbed() {
        next(0, NOW);
        next(7_200_000_000L, NOW + FRAME);
        assertThat(last).isEqualTo(NOW + FRAME);
        next(FRAME, NOW + 2 * FRAME);
        assertThat(last).isEqualTo(NOW + 2 * FRAME);
        next(2 * FRAME, NOW + 10_000_000);
        assertThat(last).isEqualTo(NOW + 10_000_000);
    }

    @Test
    void aCameraIsBelievedUnlessItIsFarOff() {
        long seen = clock.next(OptionalLong.of(0), NOW, OptionalLong.of(NOW - 1_000_000));
        assertThat(seen).isEqualTo(NOW - 1_000_000);
        assertThat(clock.next(OptionalLong.of(FRAME), NOW + FRAME, OptionalLong.of(0)))
                .isEqualTo(NOW + FRAME);
    }

    @Test
    void neverRunsBackOverConnectionsAndRestarts() {
        LiveClock restored = new LiveClock(NOW);
        restored.reconnected();
        assertThat(restored.next(OptionalLong.of(5), NOW - 500, OptionalLong.empty()))
                .isEqualTo(NOW + 1);
        assertThat(restored.next(OptionalLong.empty(), NOW - 400, OptionalLong.empty()))
                .isEqualTo(NOW + 2);
    }

    @Test
    void aRecordingGoesByItsOwnTimestamps() {
        clock.tie(NOW - 100);
        assertThat(clock.recorded(100)).isEqualTo(NOW);
        assertThat(clock.recorded(10_000_000_100L)).isEqualTo(NOW + 10_000_000_000L);
    }

    private long next(long source, long arrival) {
        long time = clock.next(OptionalLong.of(source), arrival, OptionalLong.empty());
        assertThat(time).isGreaterThan(last);
        last = time;
        return time;
    }
}
