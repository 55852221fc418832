// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.FinalCheckpoint;
import io.stdcseg.job.output.OutputClaim;
import io.stdcseg.job.output.OutputFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.util.SimpleVersionedListState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Publishes the masked video of a stream when all its pieces are covered by a completed checkpoint.
 * Runs once per job, at parallelism 1; nothing follows it.
 *
 * <p>At the end of a job Flink calls {@code endInput}, takes one more checkpoint, tells of its
 * completion, and only then lets the task finish: whatever came before the end is published, and
 * the staging folder removed, in that last {@code notifyCheckpointComplete}. Where no such
 * checkpoint comes, {@code endInput} publishes. After a restore, what the checkpoint covers is
 * published again: joining the same pieces to the same name.
 */
public final class SegmentCommitter extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<Segment, Void>, BoundedOneInput {

    private final OutputFolder folder;
    private final SegmentFormat format;
    private final boolean cutAudio;
    private transient ListState<CommitterState> state;
    private transient NavigableMap<Long, List<Segment>> uncommitted;
    private transient List<Segment> sinceCheckpoint;
    private transient Map<String, StreamLedger> ledgers;
    private transient Set<String> staging;
    private transient long startedMillis;
    private transient OutputClaim.Holder claim;
    private transient boolean ended;
    private transient Long finalCheckpoint;

    /**
     * Publishes to a folder.
     *
     * @param cutAudio whether videos get sound only for the time that frames were read of; if not,
     *     all that the source has
     */
    public SegmentCommitter(OutputFolder folder, SegmentFormat format, boolean cutAudio) {
        this.folder = folder;
        this.format = format;
        this.cutAudio = cutAudio;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        claim = folder.hold();
        state =
                new SimpleVersionedListState<>(
                        context.getOperatorStateStore()
                                .getListState(
                                        new ListStateDescriptor<>(
                                                "segments", BytePrimitiveArraySerializer.INSTANCE)),
                        new CommitterState.Serializer());
        uncommitted = new TreeMap<>();
        sinceCheckpoint = new ArrayList<>();
        ledgers = new LinkedHashMap<>();
        staging = new LinkedHashSet<>(Set.of(folder.staging()));
        if (!context.isRestored()) {
            startedMillis = folder.now();
        }
        for (CommitterState restored : state.get()) {
            startedMillis = restored.startedMillis();
            staging.addAll(restored.staging());
            enter(restored.segments());
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        publishWhole();
    }

    @Override
    public void processElement(StreamRecord<Segment> record) {
        claim.check();
        sinceCheckpoint.add(record.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        claim.check();
        uncommitted.put(context.getCheckpointId(), sinceCheckpoint);
        sinceCheckpoint = new ArrayList<>();
        if (ended && finalCheckpoint == null) {
            finalCheckpoint = context.getCheckpointId();
        }
        List<Segment> all = new ArrayList<>();
        ledgers.values().forEach(ledger -> all.addAll(ledger.segments()));
        uncommitted.values().forEach(all::addAll);
        state.update(List.of(new CommitterState(startedMillis, staging, all)));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        NavigableMap<Long, List<Segment>> covered = uncommitted.headMap(checkpointId, true);
        covered.values().forEach(this::enter);
        covered.clear();
        publishWhole();
        if (finalCheckpoint != null && checkpointId >= finalCheckpoint) {
            leave();
        }
    }

    @Override
    public void endInput() throws Exception {
        ended = true;
        if (!FinalCheckpoint.comesTo(getContainingTask())) {
            uncommitted.values().forEach(this::enter);
            uncommitted.clear();
            enter(sinceCheckpoint);
            sinceCheckpoint = new ArrayList<>();
            publishWhole();
            leave();
        }
    }

    private void enter(List<Segment> segments) {
        for (Segment segment : segments) {
            ledgers.computeIfAbsent(segment.stream(), StreamLedger::new).add(segment);
        }
    }

    private void publishWhole() throws IOException {
        VideoPublisher publisher = new VideoPublisher(folder, format, cutAudio, startedMillis);
        Iterator<StreamLedger> all = ledgers.values().iterator();
        while (all.hasNext()) {
            StreamLedger ledger = all.next();
            if (ledger.whole()) {
                try {
                    publisher.publish(ledger);
                } catch (InputException e) {
                    throw new SuppressRestartsException(e);
                }
                all.remove();
            }
        }
    }

    private void leave() throws IOException, InterruptedException {
        // A job that was drained in the middle of a stream may go on from its savepoint.
        if (ledgers.isEmpty()) {
            for (String name : staging) {
                folder.removeStaging(name);
            }
        }
        claim.release();
    }

    @Override
    public void close() throws Exception {
        if (claim != null) {
            claim.close();
        }
        super.close();
    }
}
