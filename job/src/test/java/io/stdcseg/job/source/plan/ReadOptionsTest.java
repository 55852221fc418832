// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadOptionsTest {

    private static final double NO_END = Double.POSITIVE_INFINITY;

    private final ReadOptions defaults = ReadOptions.defaults();

    @Test
    void defaultsReadEverything() {
        assertThat(defaults)
                .isEqualTo(
                        new ReadOptions(
                                0,
                                NO_END,
                                1,
                                Long.MAX_VALUE,
                                true,
                                OnError.DAMAGED,
                                Duration.ofSeconds(10)));
    }

    @Test
    void saysWhatIsAllowed() {
        assertThatThrownBy(() -> defaults.between(-1, NO_END))
                .isInstanceOf(InputException.class)
                .hasMessage("from -1.0 s is not a time at or after 0");
        assertThatThrownBy(() -> defaults.between(3, 2))
                .hasMessage("to 2.0 s is not after from 3.0 s");
        assertThatThrownBy(() -> defaults.everyNth(0)).hasMessage("every 0 is not at least 1");
        assertThatThrownBy(() -> defaults.atMost(0)).hasMessage("max-frames 0 is not at least 1");
        assertThatThrownBy(
                        () ->
                                new ReadOptions(
                                        0, 1, 1, 1, true, OnError.SKIP, Duration.ofSeconds(-1)))
                .hasMessage("range PT-1S is not longer than 0");
    }

    @Test
    void expectsWhatTheContainerAnnouncesLessWhatIsNotAskedFor() {
        assertThat(defaults.expected(88, 3.5)).isEqualTo(88);
        assertThat(defaults.expected(0, 3.5)).isZero();
        assertThat(defaults.expected(88, 0)).isEqualTo(88);
        assertThat(defaults.between(1, 2).expected(100, 10)).isEqualTo(10);
        assertThat(defaults.between(9, 20).expected(100, 10)).isEqualTo(10);
        assertThat(defaults.between(20, 30).expected(100, 10)).isZero();
        assertThat(defaults.everyNth(3).expected(10, 1)).isEqualTo(4);
        assertThat(defaults.atMost(7).expected(10, 1)).isEqualTo(7);
    }
}
