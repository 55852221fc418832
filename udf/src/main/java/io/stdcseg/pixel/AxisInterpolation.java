// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

/**
 * Linear interpolation along one axis, the first sample on the first and the last on the last: each
 * output sample is {@code firstWeight * input[first] + secondWeight * input[second]}. Positions and
 * weights are those of PyTorch's {@code upsample_bilinear2d} with {@code align_corners}, to the
 * last bit. No weight is negative. Immutable.
 */
final class AxisInterpolation {

    private final int[] first;
    private final int[] second;
    private final float[] firstWeight;
    private final float[] secondWeight;
    private final boolean identity;

    /**
     * @param in samples that there are, at least 1
     * @param out samples that are wanted, at least 1
     */
    AxisInterpolation(int in, int out) {
        first = new int[out];
        second = new int[out];
        firstWeight = new float[out];
        secondWeight = new float[out];
        identity = in == out;
        float step = out > 1 ? (float) (in - 1) / (out - 1) : 0;
        for (int i = 0; i < out; i++) {
            // In floats the last position may lie a little beyond the last sample.
            float position = step * i;
            first[i] = Math.min((int) position, in - 1);
            second[i] = identity ? first[i] : Math.min(first[i] + 1, in - 1);
            secondWeight[i] = position - first[i];
            firstWeight[i] = 1 - secondWeight[i];
        }
    }

    /** Whether the output is the input. */
    boolean isIdentity() {
        return identity;
    }

    /** Samples that are made. */
    int out() {
        return first.length;
    }

    /** Index of the lower of the two input samples. */
    int first(int i) {
        return first[i];
    }

    /** Index of the upper one; the lower's where there is none above or none is needed. */
    int second(int i) {
        return second[i];
    }

    float firstWeight(int i) {
        return firstWeight[i];
    }

    float secondWeight(int i) {
        return secondWeight[i];
    }
}
