// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    @Test
    void saysFramesRateAndTimeLeft() {
        String line = ProgressLine.line(new ProgressLine.State(120, 1290), Duration.ofSeconds(6));

        assertThat(line).isEqualTo("120 of 1290 frames, 20.0 frames/s, 0:59 left");
    }

    @Test
    void leavesOutWhatIsUnknown() {
        assertThat(ProgressLine.line(new ProgressLine.State(5, 0), Duration.ofSeconds(2)))
                .isEqualTo("5 frames, 2.5 frames/s");
    }
}
