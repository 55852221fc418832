// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Soft IoU (Jaccard) loss: 1 - IoU of the classes' predicted and true areas, with probabilities in
 * the place of decisions. Unlike cross entropy it counts a small class as much as a large one.
 *
 * @see <a href="https://doi.org/10.1007/978-3-319-50835-1_22">Optimizing Intersection-Over-Union in
 *     Deep Neural Networks for Image Segmentation</a>
 */
final class JaccardLoss {

    /** So that a class that is nowhere has an IoU. */
    private static final float EPSILON = 1e-6f;

    private JaccardLoss() {}

    /**
     * One minus the mean IoU of the classes that the batch shows; 0 if it shows none.
     *
     * @param scores (pictures, classes, rows, columns), of the labels' size
     */
    static NDArray of(NDArray scores, GroundTruth truth) {
        long pictures = scores.getShape().get(0);
        long classes = scores.getShape().get(1);
        long area = scores.getShape().get(2) * scores.getShape().get(3);
        NDArray probabilities = scores.softmax(1);
        NDArray counted = truth.weights().gt(0).toType(DataType.FLOAT32, false);
        NDArray areas = truth.classes().flatten().oneHot((int) classes, DataType.FLOAT32);
        // Products of matrices: sums per class without a map of every class in between.
        NDArray pixels = counted.reshape(1, pictures * area);
        NDArray right = probabilities.gather(truth.classes(), 1).mul(counted);
        NDArray intersection = right.reshape(1, pictures * area).matMul(areas).reshape(classes);
        NDArray labelled = pixels.matMul(areas).reshape(classes);
        NDArray predicted =
                probabilities
                        .reshape(new Shape(pictures, classes, area))
                        .batchMatMul(counted.reshape(pictures, area, 1))
                        .sum(new int[] {0})
                        .reshape(classes);
        NDArray shown = labelled.gt(0).toType(DataType.FLOAT32, false);
        NDArray union = predicted.add(labelled).sub(intersection).add(EPSILON);
        return shown.mul(intersection.div(union).neg().add(1)).sum().div(shown.sum().maximum(1f));
    }
}
