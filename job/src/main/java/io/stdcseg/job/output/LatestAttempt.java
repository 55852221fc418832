// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import java.io.IOException;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.runtime.taskexecutor.GlobalAggregateManager;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/**
 * Fence around an output folder: lets only the latest attempt of a task pass.
 *
 * <p>A process that stood still past its heartbeat goes on in the middle of what it was at, while
 * an attempt after it writes, or when the job is over. The JobManager counts attempts, and hears
 * nobody whom an earlier JobManager started. What is to be removed is listed first, then asked for:
 * files that came later are not in the list.
 */
public final class LatestAttempt {

    private final GlobalAggregateManager jobManager;
    private final String task;
    private final int attempt;

    LatestAttempt(StreamingRuntimeContext context, int attempt) {
        this.jobManager = context.getGlobalAggregateManager();
        this.task =
                "latest attempt of "
                        + context.getOperatorUniqueID()
                        + ", subtask "
                        + context.getTaskInfo().getIndexOfThisSubtask();
        this.attempt = attempt;
    }

    /** The attempt that an operator is part of. */
    public static LatestAttempt of(StreamingRuntimeContext context) {
        return new LatestAttempt(context, context.getTaskInfo().getAttemptNumber());
    }

    /**
     * Makes sure that no attempt came after this one.
     *
     * @throws IOException if one did, or if the job is over
     */
    public void require() throws IOException {
        int latest = jobManager.updateGlobalAggregate(task, attempt, new Latest());
        if (latest > attempt) {
            throw new IOException(
                    "attempt "
                            + attempt
                            + " of this task was given up: it stood still, and attempt "
                            + latest
                            + " took over");
        }
    }

    /** The highest number; runs in the JobManager. */
    private static final class Latest implements AggregateFunction<Integer, Integer, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public Integer createAccumulator() {
            return 0;
        }

        @Override
        public Integer add(Integer attempt, Integer latest) {
            return Math.max(attempt, latest);
        }

        @Override
        public Integer getResult(Integer latest) {
            return latest;
        }

        @Override
        public Integer merge(Integer left, Integer right) {
            return Math.max(left, right);
        }
    }
}
