// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

/**
 * Jensen-Shannon divergence of two distributions (Lin, "Divergence Measures Based on the Shannon
 * Entropy", IEEE Transactions on Information Theory 37, 1991; equal weights): the entropy of their
 * mean less the mean of their entropies, by the natural logarithm, in nats. 0 where they are the
 * same, at most {@code ln 2} = 0.693, where they have nothing in common.
 */
public final class JensenShannon {

    private JensenShannon() {}

    /** Of two distributions over the same classes, each of which sums to 1. */
    public static double nats(double[] p, double[] q) {
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            double mean = (p[c] + q[c]) / 2;
            sum += (part(p[c], mean) + part(q[c], mean)) / 2;
        }
        // Rounding may leave less than nothing.
        return Math.max(0, sum);
    }

    private static double part(double share, double mean) {
        return share == 0 ? 0 : share * Math.log(share / mean);
    }
}
