// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.commit;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.LatestAttempt;
import java.io.IOException;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Operator that publishes what writers send it when a completed checkpoint covers it. Runs once per
 * job, at parallelism 1; what follows it, if anything does, hears of what was published.
 *
 * <p>At the end of a job Flink calls {@code endInput}, takes one more checkpoint, tells of its
 * completion, and only then lets the task finish: whatever came before the end is published in that
 * last {@code notifyCheckpointComplete}, and the operator leaves. Where no such checkpoint comes,
 * {@code endInput} does both. After a restore, what the checkpoint covers is published again.
 */
public abstract class CheckpointCommitter<OUT> extends AbstractStreamOperator<OUT>
        implements OneInputStreamOperator<Committable, OUT>, BoundedOneInput {

    private transient Uncommitted<Committable> uncommitted;
    private transient boolean ended;
    private transient Long finalCheckpoint;

    /** Takes up what no checkpoint tells of: the state is the subclass's to read. */
    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        LatestAttempt.of(getRuntimeContext()).require();
        uncommitted = new Uncommitted<>();
    }

    @Override
    public final void open() throws Exception {
        super.open();
        commit(List.of(), false);
    }

    @Override
    public final void processElement(StreamRecord<Committable> record) {
        check();
        uncommitted.add(record.getValue());
    }

    @Override
    public final void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        check();
        long checkpoint = context.getCheckpointId();
        if (ended && finalCheckpoint == null) {
            finalCheckpoint = checkpoint;
        }
        save(checkpoint, uncommitted.snapshot(checkpoint));
    }

    @Override
    public final void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        if (!ended) {
            // A job that has ended may go on from an earlier savepoint.
            remove(checkpointId);
        }
        boolean last = finalCheckpoint != null && checkpointId >= finalCheckpoint;
        commit(uncommitted.takeCoveredBy(checkpointId), last);
        if (!ended) {
            tell();
        }
    }

    @Override
    public final void endInput() throws Exception {
        ended = true;
        if (!Checkpoints.followEndOf(getContainingTask())) {
            commit(uncommitted.takeAll(), true);
        }
    }

    private void commit(List<Committable> covered, boolean last) throws Exception {
        try {
            publish(covered);
            if (last) {
                leave();
            }
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
    }

    /** Fails if another run has taken the output over. */
    protected void check() {}

    /**
     * Writes the state.
     *
     * @param uncommitted what the checkpoint is the first to cover
     */
    protected abstract void save(long checkpoint, List<Committable> uncommitted) throws Exception;

    /** Removes what nobody needs now that this checkpoint is complete. */
    protected abstract void remove(long checkpoint) throws IOException;

    /**
     * Publishes what can be.
     *
     * @param covered what a completed checkpoint covers now, beside what it covered before
     * @throws InputException if it cannot be published, however often that is tried
     */
    protected abstract void publish(List<Committable> covered) throws IOException;

    /** Tells what follows of what was published; neither where it opens nor behind the end. */
    protected void tell() {}

    /** Publishes the rest and clears up: nothing more comes, and nobody will be there later. */
    protected abstract void leave() throws Exception;
}
