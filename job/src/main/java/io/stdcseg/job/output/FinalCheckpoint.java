// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/** The checkpoint that covers what came before the end of a job. */
public final class FinalCheckpoint {

    private FinalCheckpoint() {}

    /** Whether one follows the end of input; asks as the task itself does. */
    public static boolean comesTo(StreamTask<?, ?> task) {
        return task.getConfiguration()
                        .getConfiguration()
                        .get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH)
                && CheckpointingOptions.isCheckpointingEnabled(task.getJobConfiguration());
    }
}
