// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.weights;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/** What the coordinator of weights and the subtasks that segment say to each other. */
public sealed interface WeightsEvent extends OperatorEvent {

    /**
     * Of a subtask: it is there, or has changed.
     *
     * @param weights that it runs with
     */
    record Running(KeptWeights weights) implements WeightsEvent {}

    /** Of a subtask: its input has ended, so that nobody needs to wait for it. */
    record Ended() implements WeightsEvent {}

    /** To subtasks: load these beside those that run. */
    record Prepare(KeptWeights weights) implements WeightsEvent {}

    /** Of a subtask: they are loaded. */
    record Prepared(KeptWeights weights) implements WeightsEvent {}

    /**
     * Of a subtask: they cannot be used.
     *
     * @param why in one line
     */
    record Unfit(KeptWeights weights, String why) implements WeightsEvent {}

    /** To subtasks: take what was prepared at the barrier of this checkpoint, or the next one. */
    record TakeAt(long checkpoint, KeptWeights weights) implements WeightsEvent {}

    /** To subtasks: give back what was prepared. */
    record Forget(KeptWeights weights) implements WeightsEvent {}

    /** To one subtask: let reports know. */
    record Tell(WeightsNews news) implements WeightsEvent {}
}
