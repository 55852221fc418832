// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import io.stdcseg.job.output.LatestAttempt;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.PublishedFrames;
import io.stdcseg.job.output.commit.Checkpoints;
import io.stdcseg.job.output.commit.Uncommitted;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operator that chooses the frames worth the most among those that {@link FrameWriter} wrote, and
 * publishes them when all input has ended, be it early because the job is drained. Runs once per
 * job, at parallelism 1. Nothing comes of it but its end: the files are there then.
 *
 * <p>Twice as many as are chosen wait in the staging folder, so that there are enough where the
 * buckets' width has just doubled. The files of one that goes out are deleted at once if no
 * checkpoint knows of it, else when the next but one that does not is complete: a stop may take a
 * savepoint beside it.
 */
public final class FrameChooser extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<FrameEvent, Void>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** Ours, so that it is heard where Flink's is off. */
    private static final Logger LOGGER = LoggerFactory.getLogger(FrameChooser.class);

    private final OutputFolder folder;
    private final Set<String> expected;
    private final boolean endless;
    private final int count;
    private transient ListState<ChooserState> state;
    private transient TimeBuckets buckets;
    private transient Set<KeptFrame> uncovered;
    private transient Uncommitted<String> unneeded;
    private transient Set<String> ended;
    private transient Set<String> staging;
    private transient boolean published;
    private transient long complete;
    private transient boolean over;
    private transient Long finalCheckpoint;

    /**
     * @param expected names of the streams that the run is to come to the ends of
     * @param endless whether there may always be more
     * @param count how many frames are chosen, at least 1
     */
    public FrameChooser(
            OutputFolder folder, Collection<String> expected, boolean endless, int count) {
        this.folder = folder;
        this.expected = new HashSet<>(expected);
        this.endless = endless;
        this.count = count;
    }

    /** So many buckets wait for so many frames to be chosen. */
    static int buckets(int count) {
        return 2 * count;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        LatestAttempt attempt = LatestAttempt.of(getRuntimeContext());
        attempt.require();
        folder.join();
        state = Checkpoints.state(context, "kept frames", new ChooserState.Serializer());
        buckets = new TimeBuckets(buckets(count));
        uncovered = new HashSet<>();
        unneeded = new Uncommitted<>();
        ended = new HashSet<>();
        staging = new HashSet<>(Set.of(folder.frameStaging()));
        if (!context.isRestored()) {
            attempt.require();
            PublishedFrames.remove(folder);
            FrameFolder.requireFree(folder, expected);
        }
        for (ChooserState restored : state.get()) {
            buckets.widenTo(restored.level());
            ended.addAll(restored.ended());
            staging.addAll(restored.staging());
            for (KeptFrame frame : thereOf(restored.frames())) {
                drop(buckets.add(frame));
            }
            delete(restored.unneeded());
        }
    }

    /**
     * Where all is published, and a checkpoint knows that, files are gone, and what is published
     * stays: others may fail after that, and the job goes on. A job that went on from a later
     * checkpoint may have removed some, too; that stops no job.
     */
    private List<KeptFrame> thereOf(List<KeptFrame> frames) {
        List<KeptFrame> there = frames.stream().filter(this::isThere).toList();
        if (there.size() < frames.size()) {
            published = isWhole() && Files.exists(folder.keptFrames());
        }
        if (there.size() < frames.size() && !published) {
            LOGGER.warn(
                    "{} of the frames that the checkpoint to go on from has kept are gone from {}"
                            + " and can not be among those that are kept",
                    frames.size() - there.size(),
                    folder.root());
        }
        return there;
    }

    private boolean isThere(KeptFrame frame) {
        return Files.exists(folder.resolve(frame.image()))
                && Files.exists(folder.resolve(frame.label()));
    }

    @Override
    public void processElement(StreamRecord<FrameEvent> record) throws Exception {
        FrameEvent event = record.getValue();
        if (event.frame() != null) {
            uncovered.add(event.frame());
            drop(buckets.add(event.frame()));
        } else if (event.ended() != null) {
            ended.add(event.ended());
        } else {
            drop(buckets.widenTo(event.level()));
        }
    }

    private void drop(List<KeptFrame> frames) throws IOException {
        for (KeptFrame frame : frames) {
            if (uncovered.remove(frame)) {
                delete(List.of(frame.image(), frame.label()));
            } else {
                unneeded.add(frame.image());
                unneeded.add(frame.label());
            }
        }
    }

    private void delete(List<String> files) throws IOException {
        for (String file : files) {
            Files.deleteIfExists(folder.resolve(file));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        long checkpoint = context.getCheckpointId();
        if (over && finalCheckpoint == null) {
            finalCheckpoint = checkpoint;
        }
        state.update(
                List.of(
                        new ChooserState(
                                buckets.level(),
                                buckets.frames(),
                                unneeded.snapshot(checkpoint),
                                ended,
                                staging)));
        uncovered.clear();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        if (!over) {
            delete(unneeded.takeCoveredBy(complete));
            complete = checkpointId;
        } else if (finalCheckpoint != null && checkpointId >= finalCheckpoint) {
            leave();
        }
    }

    @Override
    public void endInput() throws Exception {
        over = true;
        LatestAttempt.of(getRuntimeContext()).require();
        if (!published) {
            FrameFolder.publish(folder, buckets.choose(count));
        }
        if (!Checkpoints.followEndOf(getContainingTask())) {
            leave();
        }
    }

    /** Whether nothing can come any more. */
    private boolean isWhole() {
        return !endless && ended.containsAll(expected);
    }

    /** Of a job that was drained another may go on from an earlier savepoint. */
    private void leave() throws IOException {
        if (isWhole()) {
            for (String name : staging) {
                folder.removeStaging(name);
            }
        }
    }
}
