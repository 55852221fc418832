// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

/**
 * PIL's {@code BILINEAR} resampling along one axis: centres of samples at half-integers, and where
 * the picture shrinks, each output sample is a weighted mean of all those it covers, so that
 * nothing flickers. Immutable.
 *
 * <p>Output sample {@code i} is the sum of {@code weights(i)[tap] * input[first(i) + tap]}; weights
 * are fixed-point numbers of {@link #BITS} bits that add up to 1, give or take rounding.
 */
final class PilResampling {

    /** Fractional bits of weights: 255 times their sum is still a positive int. */
    static final int BITS = 22;

    private final int[] first;
    private final int[][] weights;

    /**
     * @param in samples that there are
     * @param out samples of the whole resized axis
     * @param from the first of these that is wanted
     * @param count how many are wanted
     */
    PilResampling(int in, int out, int from, int count) {
        first = new int[count];
        weights = new int[count][];
        double step = (double) in / out;
        double reach = Math.max(step, 1);
        for (int i = 0; i < count; i++) {
            double center = (from + i + 0.5) * step;
            int low = Math.max((int) (center - reach + 0.5), 0);
            int high = Math.min((int) (center + reach + 0.5), in);
            while (high - low > 1 && triangle(high - 1, center, reach) == 0) {
                high--;
            }
            first[i] = low;
            weights[i] = weights(low, high, center, reach);
        }
    }

    private static int[] weights(int low, int high, double center, double reach) {
        double sum = 0;
        for (int x = low; x < high; x++) {
            sum += triangle(x, center, reach);
        }
        int[] weights = new int[high - low];
        for (int x = low; x < high; x++) {
            weights[x - low] = (int) (0.5 + triangle(x, center, reach) / sum * (1 << BITS));
        }
        return weights;
    }

    private static double triangle(int x, double center, double reach) {
        return Math.max(1 - Math.abs((x - center + 0.5) / reach), 0);
    }

    /** How many samples are wanted. */
    int count() {
        return first.length;
    }

    /** The first input sample that an output sample needs. */
    int first(int i) {
        return first[i];
    }

    /** The weights of the input samples from {@link #first(int)} on; not to be changed. */
    int[] weights(int i) {
        return weights[i];
    }

    /** The first input sample that any output sample needs. */
    int begin() {
        return first[0];
    }

    /** The input sample after the last that is needed. */
    int end() {
        int last = first.length - 1;
        return first[last] + weights[last].length;
    }
}
