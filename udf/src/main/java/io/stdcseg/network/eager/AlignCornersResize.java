// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.eager;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Bilinear resizing with {@code align_corners} as two products with small interpolation matrices:
 * exact, differentiable, on any device. DJL's own interpolation cannot align corners.
 */
final class AlignCornersResize {

    private AlignCornersResize() {}

    /** Resizes maps (pictures, channels, rows, columns), float. */
    static NDArray apply(NDArray maps, long rows, long columns) {
        Shape shape = maps.getShape();
        if (shape.get(2) == rows && shape.get(3) == columns) {
            return maps;
        }
        NDManager manager = maps.getManager();
        return maps.matMul(matrix(manager, shape.get(3), columns))
                .transpose(0, 1, 3, 2)
                .matMul(matrix(manager, shape.get(2), rows))
                .transpose(0, 1, 3, 2);
    }

    /** {@code from} rows, {@code to} columns; a column holds the weights of one output pixel. */
    private static NDArray matrix(NDManager manager, long from, long to) {
        return manager.create(weights((int) from, (int) to), new Shape(from, to));
    }

    static float[] weights(int from, int to) {
        float[] weights = new float[from * to];
        float step = to > 1 ? (float) (from - 1) / (to - 1) : 0;
        for (int i = 0; i < to; i++) {
            float position = step * i;
            int low = Math.min((int) position, from - 1);
            int high = Math.min(low + 1, from - 1);
            float share = position - low;
            weights[low * to + i] += 1 - share;
            weights[high * to + i] += share;
        }
        return weights;
    }
}
