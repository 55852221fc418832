// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.Checkpoints;
import io.stdcseg.job.output.LatestAttempt;
import io.stdcseg.job.output.OutputClaim;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.job.output.Uncommitted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Operator that publishes the masked video of a stream when all its segments are covered by a
 * completed checkpoint, and removes those when the next one is. Runs once per job, at parallelism
 * 1; nothing follows it. Its state does not grow with a stream's length: see {@link Manifest}.
 *
 * <p>At the end of a job Flink calls {@code endInput}, takes one more checkpoint, tells of its
 * completion, and only then lets the task finish: whatever came before the end is published, and
 * the staging folder removed, in that last {@code notifyCheckpointComplete}. Where no such
 * checkpoint comes, {@code endInput} publishes. After a restore, what the checkpoint covers is
 * published again: joining the same segments to the same name.
 *
 * <p>Where the job is drained before its streams end, they are published as far as they came.
 */
public final class SegmentCommitter extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<Committable, Void>, BoundedOneInput {

    private final OutputFolder folder;
    private final SegmentFormat format;
    private final boolean cutAudio;
    private final Set<String> live;
    private transient ListState<CommitterState> state;
    private transient Uncommitted<Committable> uncommitted;
    private transient Map<String, StreamLedger> ledgers;
    private transient Uncommitted<String> published;
    private transient Scratch scratch;
    private transient ManifestPages pages;
    private transient Set<String> staging;
    private transient long startedMillis;
    private transient OutputClaim.Holder claim;
    private transient boolean ended;
    private transient Long finalCheckpoint;

    /** Publishes to a folder what comes from files. */
    public SegmentCommitter(OutputFolder folder, SegmentFormat format, boolean cutAudio) {
        this(folder, format, cutAudio, Set.of());
    }

    /**
     * Publishes to a folder.
     *
     * @param cutAudio whether videos get sound only for the time that frames were read of; if not,
     *     all that the source has
     * @param live names of the streams whose time counts from 1970, and which come from no file
     */
    public SegmentCommitter(
            OutputFolder folder, SegmentFormat format, boolean cutAudio, Set<String> live) {
        this.live = Set.copyOf(live);
        this.folder = folder;
        this.format = format;
        this.cutAudio = cutAudio;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        LatestAttempt.of(getRuntimeContext()).require();
        claim = folder.hold();
        state = Checkpoints.state(context, "segments", new CommitterState.Serializer());
        uncommitted = new Uncommitted<>();
        ledgers = new LinkedHashMap<>();
        published = new Uncommitted<>();
        scratch = Scratch.of(getContainingTask());
        pages = new ManifestPages(folder, scratch);
        staging = new LinkedHashSet<>(Set.of(folder.staging()));
        if (!context.isRestored()) {
            startedMillis = folder.now();
        }
        for (CommitterState restored : state.get()) {
            startedMillis = restored.startedMillis();
            staging.addAll(restored.staging());
            removeSegments(restored.published());
            restored.manifests()
                    .forEach((name, first) -> ledgers.put(name, new StreamLedger(name, first)));
            enter(restored.committables());
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        publishWhole();
    }

    @Override
    public void processElement(StreamRecord<Committable> record) {
        claim.check();
        uncommitted.add(record.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        claim.check();
        if (ended && finalCheckpoint == null) {
            finalCheckpoint = context.getCheckpointId();
        }
        List<Committable> all = new ArrayList<>();
        Map<String, Manifest> manifests = new LinkedHashMap<>();
        for (StreamLedger ledger : ledgers.values()) {
            manifests.put(ledger.stream(), ledger.manifest());
            all.addAll(ledger.committables());
        }
        all.addAll(uncommitted.snapshot(context.getCheckpointId()));
        List<String> over = published.snapshot(context.getCheckpointId());
        state.update(List.of(new CommitterState(startedMillis, staging, over, manifests, all)));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        if (!ended) {
            removeSegments(published.takeCoveredBy(checkpointId));
        }
        enter(uncommitted.takeCoveredBy(checkpointId));
        publishWhole();
        for (StreamLedger ledger : ledgers.values()) {
            ledger.writePage(pages);
        }
        if (finalCheckpoint != null && checkpointId >= finalCheckpoint) {
            leave();
        }
    }

    @Override
    public void endInput() throws Exception {
        ended = true;
        if (!Checkpoints.followEndOf(getContainingTask())) {
            enter(uncommitted.takeAll());
            publishWhole();
            leave();
        }
    }

    private void enter(List<Committable> committables) {
        for (Committable committable : committables) {
            ledgers.computeIfAbsent(
                            committable.stream(), name -> new StreamLedger(name, Manifest.EMPTY))
                    .add(committable);
        }
    }

    private void publishWhole() throws IOException {
        List<StreamLedger> whole = ledgers.values().stream().filter(StreamLedger::whole).toList();
        publish(whole);
        ledgers.values().removeAll(whole);
        whole.forEach(ledger -> published.add(ledger.stream()));
    }

    private void publish(Collection<StreamLedger> streams) throws IOException {
        VideoPublisher publisher =
                new VideoPublisher(folder, scratch, pages, format, cutAudio, live, startedMillis);
        try {
            for (StreamLedger stream : streams) {
                publisher.publish(stream);
            }
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
    }

    /** A checkpoint knows by now that the streams were published. */
    private void removeSegments(List<String> streams) throws IOException {
        for (String stream : streams) {
            for (String name : staging) {
                folder.removeStaging(SegmentFolder.in(name, stream));
            }
        }
    }

    private void leave() throws IOException, InterruptedException {
        if (ledgers.isEmpty()) {
            for (String name : staging) {
                folder.removeStaging(name);
            }
        } else {
            // Drained in the middle of streams. A job may go on from an earlier savepoint: it will
            // need their segments again.
            publish(ledgers.values());
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
