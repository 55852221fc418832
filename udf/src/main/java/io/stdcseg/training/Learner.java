// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.ndarray.NDManager;
import io.stdcseg.network.eager.ConvolutionPrecision;
import io.stdcseg.network.eager.Trainable;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.loss.DifferentiableLosses;

/** Learner: a network on one device with its loss function. For one thread. */
interface Learner {

    /** Factory of learners that all start from the same weights. */
    interface Factory {

        /**
         * A learner on the manager's device; its parameters belong to the manager.
         *
         * @param precision that convolutions compute in
         */
        Learner create(NDManager memory, ConvolutionPrecision precision);
    }

    /** The network that learns. */
    Trainable network();

    /**
     * The losses of a part of a batch; what is computed belongs to {@code scope}.
     *
     * @param first picture of the part
     * @param pictures in the part
     * @param scope on the network's device
     */
    DifferentiableLosses losses(TrainingBatch batch, int first, int pictures, NDManager scope);
}
