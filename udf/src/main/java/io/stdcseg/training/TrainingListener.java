// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.training.loss.LossValues;

/** Listener of a training's progress. Called by the thread that trains. */
public interface TrainingListener {

    /** An iteration is done. */
    void stepped(TrainingStep step);

    /** The weights were evaluated and, with everything that resuming takes, saved. */
    void evaluated(TrainingScore score);

    /**
     * One evaluation.
     *
     * @param iteration after which the weights were evaluated
     * @param evaluation how good they are
     * @param best whether no earlier evaluation was as good
     */
    record TrainingScore(int iteration, Evaluation evaluation, boolean best) {}

    /**
     * One iteration that is done.
     *
     * @param iteration counted from 1
     * @param rate of learning that was used, before any factor of a head
     * @param losses of its batch
     * @param pictures in its batch
     * @param seconds since the step before, evaluations left out
     */
    record TrainingStep(
            int iteration, double rate, LossValues losses, int pictures, double seconds) {}
}
