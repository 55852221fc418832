// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.function.score.ProgressCounts;
import io.stdcseg.job.process.ProgressLine;
import java.util.Map;

/** Counts of a running job's frames: how many are done, and about how many there are. */
final class FrameCounts {

    private FrameCounts() {}

    /**
     * What a job's accumulators say. Of streams and ranges that have not started nothing is known:
     * they are taken to be as long as the others. Those that had ended before the run went on are
     * no part of it.
     *
     * @param streams how many the job has; 0 if it has no end
     */
    static ProgressLine.State of(Map<String, Object> accumulators, int streams) {
        double started = number(accumulators, ProgressCounts.EXPECTED_STREAMS).doubleValue();
        long expected = number(accumulators, ProgressCounts.EXPECTED_FRAMES).longValue();
        double earlier = number(accumulators, ProgressCounts.EARLIER_STREAMS).doubleValue();
        double left = Math.max(0, streams - earlier);
        return new ProgressLine.State(
                number(accumulators, ProgressCounts.FRAMES).longValue(),
                started == 0 ? 0 : Math.round(expected / started * left));
    }

    private static Number number(Map<String, Object> accumulators, String name) {
        return accumulators.get(name) instanceof Number number ? number : 0;
    }
}
