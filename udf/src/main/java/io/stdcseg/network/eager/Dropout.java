// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.eager;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/**
 * Dropout: zeroes numbers at random and enlarges the others, so that the mean stays.
 *
 * @param probability of a number to be left out, 0 to below 1
 * @param random decides which
 */
public record Dropout(double probability, RandomGenerator random) {

    /** Leaves out nothing. */
    public static final Dropout NONE = new Dropout(0, null);

    /** Factors for maps of one pixel: (pictures, channels, 1, 1) like {@code x}, floats. */
    NDArray factors(NDArray x) {
        Shape shape = x.getShape();
        float[] factors = new float[Math.toIntExact(shape.size())];
        float kept = (float) (1 / (1 - probability));
        for (int i = 0; i < factors.length; i++) {
            factors[i] = random.nextDouble() < probability ? 0 : kept;
        }
        return x.getManager().create(factors, shape);
    }
}
