// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.commit;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.util.SimpleVersionedListState;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/** Checkpoints as operators meet them: their state in them, and the one behind the end of a job. */
public final class Checkpoints {

    private Checkpoints() {}

    /** Operator state of that name, whose serializer has versions of its own. */
    public static <S> ListState<S> state(
            StateInitializationContext context,
            String name,
            SimpleVersionedSerializer<S> serializer)
            throws Exception {
        return new SimpleVersionedListState<>(
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        name, BytePrimitiveArraySerializer.INSTANCE)),
                serializer);
    }

    /** Whether a checkpoint follows the end of input; asks as the task itself does. */
    public static boolean followEndOf(StreamTask<?, ?> task) {
        return task.getConfiguration()
                        .getConfiguration()
                        .get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH)
                && CheckpointingOptions.isCheckpointingEnabled(task.getJobConfiguration());
    }
}
