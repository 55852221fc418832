// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stdcseg.network.eager.Dropout;
import io.stdcseg.network.eager.EagerClassifier;
import io.stdcseg.training.data.Seeds;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.loss.ClassificationLoss;
import io.stdcseg.training.loss.Losses;
import java.nio.ByteBuffer;

/**
 * Learns what a picture shows.
 *
 * @param dropout share of the last features that are left out
 * @param seed that decides, with the batch's number, which
 */
record ClassificationLearner(
        EagerClassifier network, ClassificationLoss loss, double dropout, long seed)
        implements Learner {

    /** No picture's slot: what is drawn for it is drawn elsewhere. */
    private static final int NO_SLOT = -1;

    @Override
    public Losses losses(TrainingBatch batch, int first, int pictures, NDManager scope) {
        Dropout left = new Dropout(dropout, Seeds.random(seed, batch.iteration(), NO_SLOT, first));
        NDArray scores = network.learn(batch.image(first, pictures, scope), left);
        ByteBuffer classes = batch.labels().slice(Integer.BYTES * first, Integer.BYTES * pictures);
        return loss.losses(scores, classes);
    }
}
