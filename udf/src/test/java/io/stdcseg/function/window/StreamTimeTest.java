// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.Rational;
import org.junit.jupiter.api.Test;

class StreamTimeTest {

    @Test
    void wholeTicksAreExactAndOthersRoundDown() {
        assertThat(StreamTime.nanos(9, new Rational(1, 30))).isEqualTo(300_000_000);
        assertThat(StreamTime.nanos(10, new Rational(1, 30))).isEqualTo(333_333_333);
        assertThat(StreamTime.nanos(-1, new Rational(1, 3))).isEqualTo(-333_333_334);
        assertThat(StreamTime.nanos(30, new Rational(1001, 30000))).isEqualTo(1_001_000_000);
    }

    @Test
    void daysOfAFineClockDoNotOverflow() {
        long week = 7L * 24 * 3600;

        assertThat(StreamTime.nanos(week * 90_000 + 45_000, new Rational(1, 90_000)))
                .isEqualTo(week * 1_000_000_000 + 500_000_000);
    }
}
