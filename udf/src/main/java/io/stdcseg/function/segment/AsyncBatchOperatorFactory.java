// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Factory of {@link AsyncBatchOperator}s, for {@code DataStream.transform}. They chain with what is
 * before and after them.
 */
public final class AsyncBatchOperatorFactory<IN, OUT> extends AbstractStreamOperatorFactory<OUT>
        implements OneInputStreamOperatorFactory<IN, OUT> {

    private static final long serialVersionUID = 1L;

    private final AsyncBatchFunction<IN, OUT> function;
    private final int capacity;

    /**
     * @param capacity most elements in flight per subtask, at least 1; over all subtasks that share
     *     a batcher at least two batches, so that one fills while another is worked on
     */
    public AsyncBatchOperatorFactory(AsyncBatchFunction<IN, OUT> function, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is not at least 1");
        }
        this.function = function;
        this.capacity = capacity;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as declared by Flink
    public <T extends StreamOperator<OUT>> T createStreamOperator(
            StreamOperatorParameters<OUT> parameters) {
        @SuppressWarnings("unchecked") // the caller asks for what getStreamOperatorClass() names
        T operator = (T) new AsyncBatchOperator<>(parameters, function, capacity);
        return operator;
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared by Flink
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return AsyncBatchOperator.class;
    }
}
