// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.function.score.ScoreFunction;
import io.stdcseg.job.process.ProgressLine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameCountsTest {

    @Test
    void whatHasNotStartedIsAsLongAsTheRest() {
        assertThat(FrameCounts.of(accumulators(120, 300, 0.25), 1))
                .isEqualTo(new ProgressLine.State(120, 1200));
        assertThat(FrameCounts.of(accumulators(15, 20, 2), 1000))
                .isEqualTo(new ProgressLine.State(15, 10_000));
        assertThat(FrameCounts.of(accumulators(1230, 1231, 3), 3))
                .isEqualTo(new ProgressLine.State(1230, 1231));
    }

    @Test
    void withoutAnEndOrAnythingAnnouncedThereIsNoTotal() {
        assertThat(FrameCounts.of(accumulators(15, 20, 2), 0))
                .isEqualTo(new ProgressLine.State(15, 0));
        assertThat(FrameCounts.of(accumulators(15, 0, 0), 7))
                .isEqualTo(new ProgressLine.State(15, 0));
        assertThat(FrameCounts.of(Map.of(), 7)).isEqualTo(new ProgressLine.State(0, 0));
    }

    private static Map<String, Object> accumulators(long frames, long expected, double streams) {
        return Map.of(
                ScoreFunction.FRAMES, frames,
                ScoreFunction.EXPECTED_FRAMES, expected,
                ScoreFunction.EXPECTED_STREAMS, streams);
    }
}
