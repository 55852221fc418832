// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stdcseg.network.StdcSeg.Outputs;
import io.stdcseg.network.eager.ConvolutionPrecision;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.loss.DifferentiableLosses;
import io.stdcseg.training.loss.DistillationLoss;
import io.stdcseg.training.loss.LabelBatch;
import io.stdcseg.training.loss.SegmentationLoss;
import io.stdcseg.training.loss.TeacherOptions;
import io.stdcseg.weights.Weights;
import java.nio.ByteBuffer;

/**
 * STDC-Seg on one device with its loss.
 *
 * @param teacher null for none
 */
record SegmentationLearner(EagerNetwork network, SegmentationLoss loss, Teacher teacher)
        implements Learner {

    /**
     * A network that is done learning, on the device of one that learns.
     *
     * @param share of the loss that is its own
     */
    record Teacher(EagerNetwork network, DistillationLoss loss, double share) {

        static Teacher of(
                Weights weights,
                TeacherOptions options,
                NDManager memory,
                ConvolutionPrecision precision) {
            return new Teacher(
                    new EagerNetwork(weights.spec(), weights.tensors(), memory, precision),
                    new DistillationLoss(options),
                    options.share());
        }
    }

    @Override
    public DifferentiableLosses losses(
            TrainingBatch batch, int first, int pictures, NDManager scope) {
        Outputs<NDArray> outputs =
                network.forward(batch.image(first, pictures, scope), loss.details(), true);
        int labelled = batch.labelled(first, pictures);
        LabelBatch labels = labelled == 0 ? null : labels(batch, first, labelled);
        if (teacher == null) {
            return loss.losses(outputs, labels);
        }
        NDArray taught = teacher.network().logits(batch.plainImage(first, pictures, scope));
        NDArray divergence = teacher.loss().of(outputs.logits(), taught, labelled);
        // Losses of parts are averaged: one of few labelled pictures counts as few.
        double labelledShare =
                (double) labelled * batch.pictures() / pictures / Math.max(1, batch.labelled());
        return loss.losses(outputs, labels, labelledShare * (1 - teacher.share()), divergence);
    }

    private static LabelBatch labels(TrainingBatch batch, int first, int pictures) {
        int area = batch.rows() * batch.columns();
        ByteBuffer ids = batch.labels().slice(area * first, area * pictures);
        return new LabelBatch(pictures, batch.rows(), batch.columns(), ids);
    }
}
