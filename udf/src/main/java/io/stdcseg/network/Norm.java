// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

/**
 * The batch norm behind a convolution.
 *
 * <p>The published decoder normalises with an in-place activated batch norm, whose scale is {@code
 * |weight| + 1e-5}. The distinction matters only where the published weight itself is wanted
 * (training, checkpoints): weight maps given to back ends hold the plain scale for both kinds.
 */
public enum Norm {
    NONE,
    PLAIN,
    IN_PLACE;

    /** Added to the variance, and by {@link #IN_PLACE} to the absolute weight. */
    public static final double EPSILON = 1e-5;

    /** The plain scale of an {@link #IN_PLACE} norm. */
    public static float scale(float weight) {
        return (float) (Math.abs(weight) + EPSILON);
    }

    /** A weight that gives an {@link #IN_PLACE} norm this scale; none gives one below 1e-5. */
    public static float weight(float scale) {
        return (float) Math.max(scale - EPSILON, 0);
    }
}
