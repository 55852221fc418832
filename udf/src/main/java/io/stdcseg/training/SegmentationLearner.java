// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.loss.Labels;
import io.stdcseg.training.loss.Losses;
import io.stdcseg.training.loss.SegmentationLoss;
import java.nio.ByteBuffer;

/** Learns what each pixel shows. */
record SegmentationLearner(EagerNetwork network, SegmentationLoss loss) implements Learner {

    @Override
    public Losses losses(TrainingBatch batch, int first, int pictures, NDManager scope) {
        int area = batch.rows() * batch.columns();
        ByteBuffer ids = batch.labels().slice(area * first, area * pictures);
        Labels labels = new Labels(pictures, batch.rows(), batch.columns(), ids);
        NDArray image = batch.image(first, pictures, scope);
        return loss.losses(network.forward(image, loss.details(), true), labels);
    }
}
