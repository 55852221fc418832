// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import ai.djl.ndarray.NDArray;
import io.stdcseg.network.eager.EagerNetwork;

/**
 * Detail loss of a head that finds boundaries: binary cross entropy, and dice loss, which does not
 * care how few boundaries there are.
 *
 * @param edges binary cross entropy of the boundaries, mean over all pixels
 * @param dice 1 - 2 |A and B| / (|A| + |B|) of each picture, both counts one larger; mean over
 *     pictures
 */
record DetailLoss(NDArray edges, NDArray dice) {

    private static final int[] ALL_BUT_PICTURES = {1, 2, 3};

    /**
     * Compares scores with the detail target.
     *
     * @param scores (pictures, 1, rows, columns) of any size
     * @param target (pictures, 1, rows, columns), 1 where a boundary is
     */
    static DetailLoss of(NDArray scores, NDArray target) {
        int rows = (int) target.getShape().get(2);
        int columns = (int) target.getShape().get(3);
        NDArray x = EagerNetwork.resize(scores, rows, columns);
        NDArray softened = x.abs().neg().exp().add(1).log();
        NDArray edges = x.getNDArrayInternal().relu().sub(x.mul(target)).add(softened).mean();
        NDArray p = x.getNDArrayInternal().sigmoid();
        NDArray both = p.mul(target).sum(ALL_BUT_PICTURES);
        NDArray either = p.sum(ALL_BUT_PICTURES).add(target.sum(ALL_BUT_PICTURES));
        NDArray dice = ScalarOps.multiply(both, 2).add(1).div(either.add(1)).neg().add(1).mean();
        return new DetailLoss(edges, dice);
    }
}
