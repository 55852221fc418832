// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

/** Who wants to know how a training goes. Called by the thread that trains. */
public interface TrainingListener {

    /** An iteration is done. */
    void stepped(TrainingStep step);

    /** The weights were evaluated and, with everything that resuming takes, saved. */
    void evaluated(TrainingScore score);
}
