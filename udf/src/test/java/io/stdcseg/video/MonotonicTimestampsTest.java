// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;

class MonotonicTimestampsTest {

    private final MonotonicTimestamps timestamps = new MonotonicTimestamps(40, 0.001);

    @Test
    void keepsTimesThatIncrease() {
        assertThat(new long[] {next(-80), next(0), next(1), next(5000)})
                .containsExactly(-80, 0, 1, 5000);
    }

    @Test
    void fillsMissingTimesWithTheDurationBefore() {
        assertThat(timestamps.next(100, 33)).isEqualTo(100);
        assertThat(timestamps.next(avutil.AV_NOPTS_VALUE, 0)).isEqualTo(133);
        assertThat(timestamps.next(avutil.AV_NOPTS_VALUE, 0)).isEqualTo(173);
    }

    @Test
    void startsAtZeroWithoutAnyTime() {
        assertThat(next(avutil.AV_NOPTS_VALUE)).isZero();
        assertThat(next(avutil.AV_NOPTS_VALUE)).isEqualTo(40);
    }

    @Test
    void movesRepeatedTimesJustBehind() {
        assertThat(new long[] {next(100), next(100), next(90), next(140)})
                .containsExactly(100, 101, 102, 140);
    }

    @Test
    void shiftsWhatFollowsAJumpBack() {
        assertThat(new long[] {next(60_000), next(0), next(40), next(80)})
                .containsExactly(60_000, 60_040, 60_080, 60_120);
    }

    private long next(long given) {
        return timestamps.next(given, 0);
    }
}
