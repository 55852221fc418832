// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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

    @Test
    void saysWhatIsBeingStartedUntilTheFirstFrame() {
        Iterator<ProgressLine.State> states =
                List.of(
                                ProgressLine.State.starting("starting Flink"),
                                ProgressLine.State.starting("loading network"),
                                new ProgressLine.State(40, 100))
                        .iterator();
        AtomicLong seconds = new AtomicLong();
        ProgressLine.Lines lines =
                new ProgressLine.Lines(states::next, () -> seconds.get() * 1_000_000_000);

        assertThat(lines.get()).isEqualTo("starting Flink");
        seconds.set(5);
        assertThat(lines.get()).isEqualTo("loading network");
        seconds.set(7);
        assertThat(lines.get()).isEqualTo("40 of 100 frames, 20.0 frames/s, 0:03 left");
    }
}
