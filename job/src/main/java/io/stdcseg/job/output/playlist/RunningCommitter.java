// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.job.output.LatestAttempt;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.job.output.commit.CheckpointCommitter;
import io.stdcseg.job.output.commit.Checkpoints;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.SegmentOrder;
import io.stdcseg.job.output.commit.Uncommitted;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Committer that publishes streams while they run: each segment, in order, when a completed
 * checkpoint covers it. What it publishes follows from the state in the checkpoint alone. A
 * segment's file in the staging folder goes when a later checkpoint, complete, knows that it was
 * published. What follows it hears how long live streams took.
 */
public final class RunningCommitter extends CheckpointCommitter<PlaylistTiming> {

    private final RunningOutput running;
    private transient Scratch scratch;
    private transient ListState<RunningState> state;
    private transient Uncommitted<String> unneeded;
    private transient Map<String, Place> streams;
    private transient Set<String> staging;
    private transient List<PlaylistTiming> timings;

    public RunningCommitter(RunningOutput running) {
        this.running = running;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        running.measure(getMetricGroup());
        running.folder().join();
        state = Checkpoints.state(context, "streams", new RunningState.Serializer());
        scratch = Scratch.of(getContainingTask());
        unneeded = new Uncommitted<>();
        streams = new LinkedHashMap<>();
        timings = new ArrayList<>();
        staging = new LinkedHashSet<>(Set.of(running.staging()));
        if (!context.isRestored()) {
            LatestAttempt.of(getRuntimeContext()).require();
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
        return new Place(order, running.goOn(stream, scratch, in));
    }

    @Override
    protected void save(long checkpoint, List<Committable> uncommitted) throws Exception {
        Map<String, byte[]> places = new LinkedHashMap<>();
        for (Map.Entry<String, Place> stream : streams.entrySet()) {
            DataOutputSerializer out = new DataOutputSerializer(256);
            stream.getValue().order.write(out);
            stream.getValue().output.write(out);
            places.put(stream.getKey(), out.getCopyOfBuffer());
        }
        List<String> over = unneeded.snapshot(checkpoint);
        state.update(List.of(new RunningState(staging, over, uncommitted, places)));
    }

    @Override
    protected void remove(long checkpoint) throws IOException {
        remove(unneeded.takeCoveredBy(checkpoint));
    }

    private void enter(List<Committable> committables) {
        for (Committable committable : committables) {
            streams.computeIfAbsent(
                            committable.stream(),
                            name -> new Place(new SegmentOrder(name), running.begin(name, scratch)))
                    .order
                    .add(committable);
        }
    }

    @Override
    protected void publish(List<Committable> covered) throws IOException {
        enter(covered);
        long now = getProcessingTimeService().getCurrentProcessingTime();
        for (Place place : streams.values()) {
            for (Committable.Segment segment : Committable.segments(place.order.take())) {
                place.output.add(segment);
            }
            place.output.publish(place.order.over(), now);
            timings.addAll(place.output.takeTimings());
            place.output.takeUnneeded().forEach(unneeded::add);
        }
        streams.entrySet().removeIf(stream -> forget(stream.getKey(), stream.getValue()));
    }

    @Override
    protected void tell() {
        timings.forEach(timing -> output.collect(new StreamRecord<>(timing)));
        timings.clear();
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

    @Override
    protected void leave() throws IOException {
        boolean settled = streams.values().stream().allMatch(this::needsNoSegments);
        for (Place place : streams.values()) {
            // Nobody will be there later.
            place.output.publish(true, Long.MAX_VALUE);
        }
        if (settled) {
            for (String name : staging) {
                running.folder().removeStaging(name);
            }
        }
        // Else drained in the middle of streams: a job may go on from an earlier savepoint.
    }

    private boolean needsNoSegments(Place place) {
        return place.order.over() || running.holdsSegments() && place.order.waiting().isEmpty();
    }

    /** How far a stream has come. */
    private record Place(SegmentOrder order, RunningOutput.Stream output) {}
}
