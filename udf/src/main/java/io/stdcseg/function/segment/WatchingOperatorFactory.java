// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.function.weights.WeightsCoordinator;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.function.weights.WeightsWatch;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEventDispatcher;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/**
 * Factory of operators that segment frames as an {@link AsyncBatchOperatorFactory}'s do, and take
 * up new weights while the job runs.
 */
public final class WatchingOperatorFactory extends AbstractStreamOperatorFactory<FrameElement>
        implements OneInputStreamOperatorFactory<FrameElement, FrameElement>,
                CoordinatedOperatorFactory<FrameElement> {

    private static final long serialVersionUID = 1L;

    /** What reports are told of changes, to the operator's side. */
    public static final OutputTag<WeightsNews> NEWS = WatchingOperator.NEWS;

    private final SegmentFunction function;
    private final int capacity;
    private final WeightsWatch watch;

    /**
     * @param capacity most frames in flight per subtask, see {@link AsyncBatchOperatorFactory}
     */
    public WatchingOperatorFactory(SegmentFunction function, int capacity, WeightsWatch watch) {
        this.function = function;
        this.capacity = capacity;
        this.watch = watch;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as declared by Flink
    public <T extends StreamOperator<FrameElement>> T createStreamOperator(
            StreamOperatorParameters<FrameElement> parameters) {
        OperatorID id = parameters.getStreamConfig().getOperatorID();
        OperatorEventDispatcher events = parameters.getOperatorEventDispatcher();
        WatchingOperator operator =
                new WatchingOperator(
                        parameters, function, capacity, watch, events.getOperatorEventGateway(id));
        events.registerEventHandler(id, operator);
        @SuppressWarnings("unchecked") // the caller asks for what getStreamOperatorClass() names
        T created = (T) operator;
        return created;
    }

    @Override
    public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID id) {
        return new WeightsCoordinator.CoordinatorProvider(id, watch);
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared by Flink
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return WatchingOperator.class;
    }
}
