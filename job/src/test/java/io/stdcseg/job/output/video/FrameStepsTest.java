// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameStepsTest {

    private final FrameSteps steps = new FrameSteps();

    @Test
    void nothingIsKnownOfOneFrame() {
        assertThat(steps.median()).isZero();
    }

    @Test
    void aLostFrameChangesNothing() {
        add(40, 80, 40, 120, 40);

        assertThat(steps.median()).isEqualTo(40);
    }

    @Test
    void ofTwoItIsTheShorter() {
        add(80, 40);

        assertThat(steps.median()).isEqualTo(40);
    }

    @Test
    void aNewRateIsTakenUp() {
        for (int i = 0; i < 1000; i++) {
            add(40);
        }
        for (int i = 0; i < 40; i++) {
            add(20);
        }

        assertThat(steps.median()).isEqualTo(20);
    }

    private void add(long... ticks) {
        for (long step : ticks) {
            steps.add(step);
        }
    }
}
