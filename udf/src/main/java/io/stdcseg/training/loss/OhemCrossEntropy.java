// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * OHEM cross entropy (online hard example mining): the mean over pixels whose class has a
 * probability below a threshold, but over at least a share of the batch's pixels.
 *
 * @see <a href="https://arxiv.org/abs/1604.03540">Training Region-based Object Detectors with
 *     Online Hard Example Mining</a>
 */
final class OhemCrossEntropy {

    private final float threshold;
    private final double share;

    /**
     * @param probability below which a pixel is hard
     * @param share of the batch's pixels that count at least
     */
    OhemCrossEntropy(double probability, double share) {
        this.threshold = (float) -Math.log(probability);
        this.share = share;
    }

    /**
     * The mean loss of the hard pixels.
     *
     * @param scores (pictures, classes, rows, columns), of the labels' size
     */
    NDArray loss(NDArray scores, GroundTruth truth) {
        NDArray losses =
                scores.logSoftmax(1)
                        .gather(truth.classes(), 1)
                        .mul(truth.weights())
                        .neg()
                        .flatten();
        NDArray hard = losses.gt(threshold);
        long least = (long) (share * losses.size());
        long found = hard.sum().toType(DataType.INT64, false).getLong();
        return found > least
                ? ScalarOps.divide(losses.mul(hard).sum(), (double) found)
                : losses.topK((int) Math.max(1, least), 0, true, false).get(0).mean();
    }
}
