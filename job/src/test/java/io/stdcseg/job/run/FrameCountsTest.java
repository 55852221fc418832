// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.function.score.ProgressCounts;
import io.stdcseg.job.process.ProgressLine;
import java.util.HashMap;
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

    /** Of four streams one and a half had ended; half a stream and one more have begun. */
    @Test
    void whatHadEndedBeforeTheRunWentOnIsNotToCome() {
        Map<String, Object> accumulators = new HashMap<>(accumulators(15, 300, 1.5));
        accumulators.put(ProgressCounts.EARLIER_STREAMS, 1.5);

        assertThat(FrameCounts.of(accumulators, 4)).isEqualTo(new ProgressLine.State(15, 500));
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
                ProgressCounts.FRAMES, frames,
                ProgressCounts.EXPECTED_FRAMES, expected,
                ProgressCounts.EXPECTED_STREAMS, streams);
    }
}
