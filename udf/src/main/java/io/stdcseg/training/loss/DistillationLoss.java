// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Distillation loss: how far a network's probabilities are from a teacher's, as Kullback-Leibler
 * divergence at a temperature, times its square; mean over the pixels that count. Where pictures
 * have no labels, those are the ones that the teacher is sure of.
 *
 * @see <a href="https://arxiv.org/abs/1503.02531">Distilling the Knowledge in a Neural Network</a>
 */
public final class DistillationLoss {

    private final TeacherOptions options;

    public DistillationLoss(TeacherOptions options) {
        this.options = options;
    }

    /**
     * The loss of a batch, times the teacher's share; a scalar, 0 if no pixel counts.
     *
     * @param scores (pictures, classes, rows, columns) of the network that learns
     * @param teacher scores of the same shape, of which no gradient is taken
     * @param labelled how many pictures have labels: the first ones
     */
    public NDArray of(NDArray scores, NDArray teacher, int labelled) {
        double temperature = options.temperature();
        NDArray learnt = ScalarOps.divide(scores, temperature).logSoftmax(1);
        NDArray taught = ScalarOps.divide(teacher, temperature);
        NDArray divergence =
                taught.softmax(1).mul(taught.logSoftmax(1).sub(learnt)).sum(new int[] {1}, true);
        NDArray counted = counted(teacher, labelled);
        NDArray mean = divergence.mul(counted).sum().div(counted.sum().maximum(1f));
        return ScalarOps.multiply(mean, options.share() * temperature * temperature);
    }

    /** 1 for each pixel (pictures, 1, rows, columns) that counts, else 0. */
    private NDArray counted(NDArray teacher, int labelled) {
        long pictures = teacher.getShape().get(0);
        long rows = teacher.getShape().get(2);
        long columns = teacher.getShape().get(3);
        NDArray all = teacher.getManager().ones(new Shape(labelled, 1, rows, columns));
        if (labelled == pictures) {
            return all;
        }
        NDArray sure =
                teacher.get(new NDIndex(labelled + ":"))
                        .softmax(1)
                        .max(new int[] {1}, true)
                        .gte((float) options.sure())
                        .toType(DataType.FLOAT32, false);
        return labelled == 0 ? sure : all.concat(sure, 0);
    }
}
