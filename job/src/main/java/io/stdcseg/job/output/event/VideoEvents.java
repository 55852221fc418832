// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.event;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.commit.Checkpoints;
import io.stdcseg.job.output.commit.Committable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Operator that tells what is published of masked video. Beside a committer, whose input it shares:
 * it tells of a piece before the checkpoint at which that committer publishes it, so that an output
 * that is exactly once tells of it in that very checkpoint. What a committer would tell behind the
 * last one would reach nobody. Runs once per job, at parallelism 1.
 */
public final class VideoEvents extends AbstractStreamOperator<VideoEvent>
        implements OneInputStreamOperator<Committable, VideoEvent>, BoundedOneInput {

    private static final String STREAMS = "streams";

    private final PieceRule rule;
    private transient ListState<StreamPieces> state;
    private transient Map<String, StreamPieces> streams;

    public VideoEvents(PieceRule rule) {
        this.rule = rule;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        requireWhole(context);
        state = Checkpoints.state(context, STREAMS, new StreamPieces.Serializer());
        streams = new LinkedHashMap<>();
        for (StreamPieces restored : state.get()) {
            streams.put(restored.stream(), restored);
        }
    }

    /**
     * Refuses to begin in the middle of a stream. A checkpoint names what it has of an operator,
     * even where that is empty.
     *
     * @throws SuppressRestartsException if the job goes on, and this operator has no part in it
     */
    private static void requireWhole(StateInitializationContext context) {
        if (context.isRestored()
                && !context.getOperatorStateStore().getRegisteredStateNames().contains(STREAMS)) {
            throw new SuppressRestartsException(
                    new InputException(
                            "--kafka-servers came to a job that writes masked video and began"
                                    + " without; to go on without it is allowed, or to begin"
                                    + " anew"));
        }
    }

    @Override
    public void processElement(StreamRecord<Committable> record) {
        Committable committable = record.getValue();
        StreamPieces stream = streams.computeIfAbsent(committable.stream(), StreamPieces::new);
        stream.order().add(committable);
        for (Committable.Segment segment : Committable.segments(stream.order().take())) {
            tell(rule.add(segment, stream));
        }
        if (stream.order().over()) {
            tell(rule.end(stream));
            streams.remove(stream.stream());
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(List.copyOf(streams.values()));
    }

    /** Where the job is drained, committers publish what there is. */
    @Override
    public void endInput() {
        streams.values().forEach(stream -> tell(rule.end(stream)));
    }

    private void tell(List<VideoEvent> events) {
        events.forEach(event -> output.collect(new StreamRecord<>(event)));
    }
}
