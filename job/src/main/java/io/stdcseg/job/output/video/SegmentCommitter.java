// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.job.output.OutputClaim;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.job.output.commit.CheckpointCommitter;
import io.stdcseg.job.output.commit.Checkpoints;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.Uncommitted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.StateInitializationContext;

/**
 * Committer that publishes the masked video of a stream when all its segments are covered by a
 * completed checkpoint, and removes those when the next one is. Its state does not grow with a
 * stream's length: see {@link Manifest}. What is published again after a restore is the same
 * segments joined to the same name.
 *
 * <p>Where the job is drained before its streams end, they are published as far as they came.
 */
public final class SegmentCommitter extends CheckpointCommitter<Void> {

    private final OutputFolder folder;
    private final SegmentFormat format;
    private final boolean cutAudio;
    private final Set<String> live;
    private transient ListState<CommitterState> state;
    private transient Map<String, StreamLedger> ledgers;
    private transient Uncommitted<String> published;
    private transient Scratch scratch;
    private transient ManifestPages pages;
    private transient Set<String> staging;
    private transient long startedMillis;
    private transient OutputClaim.Holder claim;

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
        claim = folder.hold();
        state = Checkpoints.state(context, "segments", new CommitterState.Serializer());
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
    protected void check() {
        claim.check();
    }

    @Override
    protected void save(long checkpoint, List<Committable> uncommitted) throws Exception {
        List<Committable> all = new ArrayList<>();
        Map<String, Manifest> manifests = new LinkedHashMap<>();
        for (StreamLedger ledger : ledgers.values()) {
            manifests.put(ledger.stream(), ledger.manifest());
            all.addAll(ledger.committables());
        }
        all.addAll(uncommitted);
        List<String> over = published.snapshot(checkpoint);
        state.update(List.of(new CommitterState(startedMillis, staging, over, manifests, all)));
    }

    @Override
    protected void remove(long checkpoint) throws IOException {
        removeSegments(published.takeCoveredBy(checkpoint));
    }

    @Override
    protected void publish(List<Committable> covered) throws IOException {
        enter(covered);
        ledgers.values().forEach(StreamLedger::advance);
        List<StreamLedger> whole = ledgers.values().stream().filter(StreamLedger::whole).toList();
        publish(whole);
        ledgers.values().removeAll(whole);
        whole.forEach(ledger -> published.add(ledger.stream()));
        for (StreamLedger ledger : ledgers.values()) {
            ledger.writePage(pages);
        }
    }

    private void enter(List<Committable> committables) {
        for (Committable committable : committables) {
            ledgers.computeIfAbsent(
                            committable.stream(), name -> new StreamLedger(name, Manifest.EMPTY))
                    .add(committable);
        }
    }

    private void publish(Collection<StreamLedger> streams) throws IOException {
        VideoPublisher publisher =
                new VideoPublisher(folder, scratch, pages, format, cutAudio, live, startedMillis);
        for (StreamLedger stream : streams) {
            publisher.publish(stream);
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

    @Override
    protected void leave() throws IOException, InterruptedException {
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
