// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.lines;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.CleanUp;
import io.stdcseg.job.output.LatestAttempt;
import io.stdcseg.job.output.LinesFolder;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.job.output.commit.Checkpoints;
import io.stdcseg.job.output.commit.Uncommitted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Operator that writes elements as lines, each exactly once: a file per checkpoint, or more where
 * columns change, published when the checkpoint is complete. Runs once per job, at parallelism 1;
 * nothing follows it.
 *
 * <p>Where it starts it leaves those files alone that its checkpoint covers, and removes all
 * others: without a checkpoint the lines of an earlier run, with one what failed attempts left and
 * what was published after it, which comes again.
 */
public final class LinesWriter<T> extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<T, Void>, BoundedOneInput {

    private final OutputFolder output;
    private final LinesFolder folder;
    private final SerializableFunction<T, ?> row;
    private transient ListState<LinesState> state;
    private transient Uncommitted<String> uncommitted;
    private transient LinesFile open;
    private transient long next;

    /**
     * Writes to a folder.
     *
     * @param output what the folder is a part of
     * @param row what Jackson writes for an element, such as a map in the order of its keys
     */
    public LinesWriter(OutputFolder output, LinesFolder folder, SerializableFunction<T, ?> row) {
        this.output = output;
        this.folder = folder;
        this.row = row;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        LatestAttempt attempt = LatestAttempt.of(getRuntimeContext());
        attempt.require();
        output.join();
        state = Checkpoints.state(context, "lines", new LinesState.Serializer());
        uncommitted = new Uncommitted<>();
        for (LinesState restored : state.get()) {
            next = restored.next();
            publish(restored.finished());
        }
        List<Path> unwanted = context.isRestored() ? folder.unfinishedAndFrom(next) : folder.all();
        attempt.require();
        LinesFolder.remove(unwanted);
    }

    @Override
    public void processElement(StreamRecord<T> record) throws Exception {
        Object line = row.apply(record.getValue());
        if (open != null && !open.takes(line)) {
            finishFile();
        }
        if (open == null) {
            String name = folder.newName(next++);
            open =
                    new LinesFile(
                            folder.format(),
                            folder.unfinished(name),
                            Scratch.of(getContainingTask()));
            uncommitted.add(name);
        }
        open.add(line);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        finishFile();
        List<String> finished = uncommitted.snapshot(context.getCheckpointId());
        state.update(List.of(new LinesState(next, finished)));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        publish(uncommitted.takeCoveredBy(checkpointId));
    }

    @Override
    public void endInput() throws Exception {
        if (!Checkpoints.followEndOf(getContainingTask())) {
            finishFile();
            publish(uncommitted.takeAll());
        }
    }

    private void finishFile() throws IOException {
        if (open != null) {
            open.finish();
            open = null;
        }
    }

    private void publish(List<String> finished) throws IOException {
        for (String name : finished) {
            try {
                folder.publish(name);
            } catch (InputException e) {
                throw new SuppressRestartsException(e);
            }
        }
    }

    @Override
    public void close() throws Exception {
        // Only a task that fails or is cancelled still has a file here.
        if (open != null) {
            CleanUp.attempt(open::abandon);
        }
        super.close();
    }
}
