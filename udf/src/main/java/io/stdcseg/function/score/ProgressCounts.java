// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.DoubleCounter;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Counts of what has passed a task and is to come, as accumulators, which begin anew with every
 * attempt and job: after a restart those of subtasks that had ended are missing. State: how many
 * streams had ended.
 */
public final class ProgressCounts {

    /** Accumulator: frames segmented so far. */
    public static final String FRAMES = "frames";

    /** Accumulator: frames that the containers of started ranges announce. */
    public static final String EXPECTED_FRAMES = "expectedFrames";

    /** Accumulator: how many streams those ranges are, of one that is cut its part. */
    public static final String EXPECTED_STREAMS = "expectedStreams";

    /** Accumulator: how many streams had ended before, of one that is cut the ranges that had. */
    public static final String EARLIER_STREAMS = "earlierStreams";

    private final LongCounter frames = new LongCounter();
    private final LongCounter expectedFrames = new LongCounter();
    private final DoubleCounter expectedStreams = new DoubleCounter();
    private final DoubleCounter earlierStreams = new DoubleCounter();
    private final Map<String, Integer> rangesOfStarted = new HashMap<>();
    private final ListState<Double> state;
    private double ended;

    /** Goes on with what the state says. */
    ProgressCounts(OperatorStateStore store) throws Exception {
        state = store.getListState(new ListStateDescriptor<>("endedStreams", Types.DOUBLE));
        for (double streams : state.get()) {
            ended += streams;
        }
        earlierStreams.add(ended);
    }

    void register(RuntimeContext context) {
        context.addAccumulator(FRAMES, frames);
        context.addAccumulator(EXPECTED_FRAMES, expectedFrames);
        context.addAccumulator(EXPECTED_STREAMS, expectedStreams);
        context.addAccumulator(EARLIER_STREAMS, earlierStreams);
    }

    void addFrame() {
        frames.add(1);
    }

    /** A marker passes. */
    void pass(FrameElement marker) {
        if (marker instanceof RangeStart start) {
            rangesOfStarted.put(start.stream(), start.ranges());
            if (start.expectedFrames() > 0) {
                expectedFrames.add(start.expectedFrames());
                expectedStreams.add(1.0 / start.ranges());
            }
        } else if (marker instanceof RangeEnd end) {
            Integer ranges = rangesOfStarted.remove(end.stream());
            ended += ranges == null ? 0 : 1.0 / ranges;
        }
    }

    void snapshot() throws Exception {
        state.update(List.of(ended));
    }
}
