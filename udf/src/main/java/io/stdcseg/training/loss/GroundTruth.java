// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.label.LabelSet;

/**
 * Ground truth of a batch on the device: what scores are compared with.
 *
 * @param classes (pictures, 1, rows, columns), 64-bit whole numbers; 0 where pixels are ignored
 * @param weights (pictures, 1, rows, columns) of the pixels; 0 where they are ignored
 */
record GroundTruth(NDArray classes, NDArray weights) {

    /**
     * Copies labels to the manager's device.
     *
     * @param labels (pictures, rows, columns)
     * @param classWeights by train id
     */
    static GroundTruth of(LabelBatch labels, float[] classWeights, NDManager manager) {
        Shape shape = new Shape(labels.pictures(), 1, labels.rows(), labels.columns());
        NDArray ids = manager.create(labels.ids().duplicate(), shape, DataType.UINT8);
        NDArray classes = ids.mul(ids.neq(LabelSet.IGNORE)).toType(DataType.INT64, false);
        float[] byId = new float[LabelSet.IGNORE + 1];
        System.arraycopy(classWeights, 0, byId, 0, classWeights.length);
        NDArray weights =
                manager.create(byId)
                        .get(ids.toType(DataType.INT64, false).flatten())
                        .reshape(shape);
        return new GroundTruth(classes, weights);
    }
}
