// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.Checkpoints;
import io.stdcseg.job.output.LatestAttempt;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Uncommitted;
import io.stdcseg.job.output.video.Committable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Operator that publishes streams while they run: each segment, in order, when a completed
 * checkpoint covers it. Runs once per job, at parallelism 1; nothing follows it.
 *
 * <p>What it publishes follows from the state in the checkpoint alone: after a restore it does so
 * again. A segment's file in the staging folder goes when a later checkpoint, complete, knows that
 * it was published. The end of a job is as for the committer of whole videos.
 */
public final class RunningCommitter extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<Committable, Void>, BoundedOneInput {

    private final RunningOutput running;
    private transient ListState<RunningState> state;
    private transient Uncommitted<Committable> uncommitted;
    private transient Uncommitted<String> unneeded;
    private transient Map<String, Place> streams;
    private transient Set<String> staging;
    private transient boolean ended;
    private transient Long finalCheckpoint;

    public RunningCommitter(RunningOutput running) {
        this.running = running;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        LatestAttempt attempt = LatestAttempt.of(getRuntimeContext());
        attempt.require();
        running.folder().join();
        state = Checkpoints.state(context, "streams", new RunningState.Serializer());
        uncommitted = new Uncommitted<>();
        unneeded = new Uncommitted<>();
        streams = new LinkedHashMap<>();
        staging = new LinkedHashSet<>(Set.of(running.staging()));
        if (!context.isRestored()) {
            attempt.require();
            running.removeEarlier();
        }
        for (RunningState restored : state.get()) {
            staging.addAll(restored.staging());
            remove(restored.unneeded());
            for (Map.Entry<String, byte[]> stream : restored.streams().entrySet()) {
                streams.put(stream.getKey(), read(stream.getKey(), stream.getValue()));
            }
            enter(restored.uncommitted());
        }
    }

    private Place read(String stream, byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        SegmentOrder order = SegmentOrder.read(stream, in);
        return new Place(order, running.goOn(stream, in));
    }

    @Override
    public void open() throws Exception {
        super.open();
        running.measure(getMetricGroup());
        publish();
    }

    @Override
    public void processElement(StreamRecord<Committable> record) {
        uncommitted.add(record.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (ended && finalCheckpoint == null) {
            finalCheckpoint = context.getCheckpointId();
        }
        Map<String, byte[]> places = new LinkedHashMap<>();
        for (Map.Entry<String, Place> stream : streams.entrySet()) {
            DataOutputSerializer out = new DataOutputSerializer(256);
            stream.getValue().order.write(out);
            stream.getValue().output.write(out);
            places.put(stream.getKey(), out.getCopyOfBuffer());
        }
        state.update(
                List.of(
                        new RunningState(
                                staging,
                                unneeded.snapshot(context.getCheckpointId()),
                                uncommitted.snapshot(context.getCheckpointId()),
                                places)));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        if (!ended) {
            remove(unneeded.takeCoveredBy(checkpointId));
        }
        enter(uncommitted.takeCoveredBy(checkpointId));
        publish();
        if (finalCheckpoint != null && checkpointId >= finalCheckpoint) {
            leave();
        }
    }

    @Override
    public void endInput() throws Exception {
        ended = true;
        if (!Checkpoints.followEndOf(getContainingTask())) {
            enter(uncommitted.takeAll());
            publish();
            leave();
        }
    }

    private void enter(List<Committable> committables) {
        for (Committable committable : committables) {
            streams.computeIfAbsent(
                            committable.stream(),
                            name -> new Place(new SegmentOrder(name), running.begin(name)))
                    .order
                    .add(committable);
        }
    }

    private void publish() throws IOException {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        try {
            for (Place place : streams.values()) {
                for (Committable.Segment segment : place.order.take()) {
                    place.output.add(segment);
                }
                place.output.publish(place.order.over(), now);
                place.output.takeUnneeded().forEach(unneeded::add);
            }
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
        streams.entrySet().removeIf(stream -> forget(stream.getKey(), stream.getValue()));
    }

    private boolean forget(String stream, Place place) {
        boolean settled = place.order.over() && place.output.settled();
        if (settled) {
            staging.forEach(name -> unneeded.add(name + "/" + stream));
        }
        return settled;
    }

    private void remove(List<String> files) throws IOException {
        OutputFolder folder = running.folder();
        for (String file : files) {
            if (Files.isDirectory(folder.resolve(file))) {
                folder.removeStaging(file);
            } else {
                Files.deleteIfExists(folder.resolve(file));
            }
        }
    }

    private void leave() throws IOException {
        boolean whole = streams.values().stream().allMatch(place -> place.order.over());
        for (Place place : streams.values()) {
            // Nobody will be there later.
            place.output.publish(true, Long.MAX_VALUE);
        }
        if (whole) {
            for (String name : staging) {
                running.folder().removeStaging(name);
            }
        }
        // Else drained in the middle of streams: a job may go on from an earlier savepoint.
    }

    /** How far a stream has come. */
    private record Place(SegmentOrder order, RunningOutput.Stream output) {}
}
