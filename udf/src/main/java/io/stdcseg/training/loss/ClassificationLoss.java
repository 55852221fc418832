// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Cross entropy of pictures of one class each, with label smoothing: every class gets an equal part
 * of {@code smoothing}, the picture's own one the rest.
 *
 * @param smoothing 0 = none, to below 1
 * @see <a href="https://arxiv.org/abs/1512.00567">Rethinking the Inception Architecture for
 *     Computer Vision</a>
 */
public record ClassificationLoss(double smoothing) {

    /** The name of the only term. */
    public static final String CROSS_ENTROPY = "crossEntropy";

    /**
     * The loss of a batch; everything made belongs to the scores' manager.
     *
     * @param scores (pictures, classes)
     * @param classes numbers of the pictures' classes, 32 bit in native byte order
     */
    public DifferentiableLosses losses(NDArray scores, ByteBuffer classes) {
        long pictures = scores.getShape().get(0);
        NDArray logarithms = scores.logSoftmax(1);
        NDArray own = logarithms.gather(index(scores, classes, pictures), 1).mean();
        NDArray all = logarithms.mean();
        NDArray loss =
                ScalarOps.multiply(own, 1 - smoothing)
                        .add(ScalarOps.multiply(all, smoothing))
                        .neg();
        return new DifferentiableLosses(Map.of(CROSS_ENTROPY, loss));
    }

    private static NDArray index(NDArray scores, ByteBuffer classes, long pictures) {
        int[] ids = new int[Math.toIntExact(pictures)];
        classes.duplicate().order(ByteOrder.nativeOrder()).asIntBuffer().get(ids);
        return scores.getManager()
                .create(ids, new Shape(pictures, 1))
                .toType(DataType.INT64, false);
    }
}
