// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.function.weights.KeptWeights;
import io.stdcseg.function.weights.WeightsEvent;
import io.stdcseg.function.weights.WeightsEvent.Ended;
import io.stdcseg.function.weights.WeightsEvent.Forget;
import io.stdcseg.function.weights.WeightsEvent.Prepare;
import io.stdcseg.function.weights.WeightsEvent.Prepared;
import io.stdcseg.function.weights.WeightsEvent.Running;
import io.stdcseg.function.weights.WeightsEvent.TakeAt;
import io.stdcseg.function.weights.WeightsEvent.Tell;
import io.stdcseg.function.weights.WeightsEvent.Unfit;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.function.weights.WeightsWatch;
import io.stdcseg.inference.SharedNetwork;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.OutputTag;

/**
 * Operator that segments frames and changes to new weights at a checkpoint's barrier, as a {@link
 * io.stdcseg.function.weights.WeightsCoordinator} says: nothing is in flight then, so that every
 * frame before the barrier was made by the old, and every frame behind it is made by the new. Its
 * state is which weights it runs with.
 *
 * <p>That state is broadcast, not a union: a checkpoint is refused once a subtask of an operator
 * with union state has finished.
 */
final class WatchingOperator extends AsyncBatchOperator<FrameElement, FrameElement>
        implements OperatorEventHandler {

    private static final long serialVersionUID = 1L;

    /** What reports are told of changes. */
    static final OutputTag<WeightsNews> NEWS =
            new OutputTag<>("weights", TypeInformation.of(WeightsNews.class));

    private static final String KEY = "running";
    private static final KeptWeights.Serializer SERIALIZER = new KeptWeights.Serializer();

    private final SegmentFunction function;
    private final WeightsWatch watch;
    private final transient MailboxExecutor mailbox;
    private final transient OperatorEventGateway coordinator;
    private transient BroadcastState<String, byte[]> state;
    private transient KeptWeights running;
    private transient TakeAt order;
    private transient boolean ended;

    WatchingOperator(
            StreamOperatorParameters<FrameElement> parameters,
            SegmentFunction function,
            int capacity,
            WeightsWatch watch,
            OperatorEventGateway coordinator) {
        super(parameters, function, capacity);
        this.function = function;
        this.watch = watch;
        this.mailbox = parameters.getMailboxExecutor();
        this.coordinator = coordinator;
    }

    /** What it calls; for tests. */
    SegmentFunction function() {
        return function;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state =
                context.getOperatorStateStore()
                        .getBroadcastState(
                                new MapStateDescriptor<>(
                                        "weights",
                                        StringSerializer.INSTANCE,
                                        BytePrimitiveArraySerializer.INSTANCE));
        byte[] named = state.get(KEY);
        if (named != null) {
            running = SimpleVersionedSerialization.readVersionAndDeSerialize(SERIALIZER, named);
        }
    }

    @Override
    public void open() throws Exception {
        try {
            function.watch(running);
            super.open();
            running = function.network().keep(watch);
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
        coordinator.sendEventToCoordinator(new Running(running));
    }

    @Override
    public void handleOperatorEvent(OperatorEvent event) {
        if (event instanceof Prepare prepare) {
            prepare(prepare.weights());
        } else if (event instanceof TakeAt take) {
            order = take;
        } else if (event instanceof Forget) {
            function.network().forget();
        } else if (event instanceof Tell tell) {
            if (!ended) {
                output.collect(NEWS, new StreamRecord<>(tell.news()));
            }
        } else {
            throw new IllegalArgumentException(event + " is for the coordinator");
        }
    }

    private void prepare(KeptWeights weights) {
        if (weights.equals(running)) {
            coordinator.sendEventToCoordinator(new Prepared(weights));
            return;
        }
        // Completes in the thread that loads; the coordinator hears of it from the task's.
        CompletableFuture<SharedNetwork.Lease> unused =
                function.network()
                        .prepare(weights)
                        .whenComplete(
                                (network, error) ->
                                        answer(
                                                error == null
                                                        ? new Prepared(weights)
                                                        : new Unfit(weights, why(weights, error))));
    }

    private void answer(WeightsEvent event) {
        try {
            mailbox.execute(() -> coordinator.sendEventToCoordinator(event), "answer of weights");
        } catch (RejectedExecutionException e) {
            LOG.debug("weights were loaded after the end of {}", getOperatorName(), e);
        }
    }

    /** One line, in which the user's file stands for its copy. */
    private static String why(KeptWeights weights, Throwable error) {
        Throwable cause = ExceptionUtils.stripCompletionException(error);
        InputException input = InputException.in(cause);
        String line = input == null ? cause.toString() : input.getMessage();
        return line.replace(weights.copy(), weights.file()).lines().findFirst().orElse(line);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        if (order != null && checkpointId >= order.checkpoint() && !ended) {
            take(checkpointId, order.weights());
            order = null;
        }
    }

    private void take(long checkpointId, KeptWeights weights) {
        if (!weights.equals(running)) {
            function.take(weights);
            running = weights;
            output.collect(
                    NEWS,
                    new StreamRecord<>(
                            WeightsNews.taken(checkpointId, weights, function.network().info())));
        }
        coordinator.sendEventToCoordinator(new Running(running));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (ended && order != null && context.getCheckpointId() >= order.checkpoint()) {
            // Nothing is made by them here; at another parallelism somebody else may get the state.
            running = order.weights();
            order = null;
        }
        state.put(KEY, SimpleVersionedSerialization.writeVersionAndSerialize(SERIALIZER, running));
    }

    @Override
    public void endInput() throws Exception {
        super.endInput();
        ended = true;
        coordinator.sendEventToCoordinator(new Ended());
    }
}
