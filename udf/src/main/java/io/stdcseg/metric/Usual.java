// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.io.Serializable;

/**
 * What is usual of a value: its mean and variance so far, in which older values weigh less and less
 * (Finch, "Incremental calculation of weighted mean and variance", 2009). Unusual is what is more
 * than three standard deviations off, as in Shewhart's control charts (1931); a deviation counts as
 * a least one at least, so that a still scene has no alarms of its own. What is unusual is learned
 * as if it were one deviation off: a fault becomes usual slowly.
 *
 * @param values how many there were
 */
public record Usual(long values, double mean, double variance) implements Serializable {

    /** Of nothing. */
    public static final Usual NONE = new Usual(0, 0, 0);

    /** Of shares and nats alike. */
    public static final double LEAST_DEVIATION = 0.02;

    private static final double DEVIATIONS = 3;

    private double deviation(double least) {
        return Math.max(least, Math.sqrt(variance));
    }

    /** Whether a value is unusually high, or low where {@code sign} is -1. */
    boolean isOff(double value, int sign) {
        return sign * (value - mean) > DEVIATIONS * deviation(LEAST_DEVIATION);
    }

    /**
     * Whether a value is unusually high or low.
     *
     * @param least deviation
     */
    boolean isFar(double value, double least) {
        return Math.abs(value - mean) > DEVIATIONS * deviation(least);
    }

    /**
     * After another value.
     *
     * @param horizon how many values weigh as much as all before them
     * @param least deviation
     */
    Usual with(double value, long horizon, double least) {
        double offset = value - mean;
        if (values > 1 && isFar(value, least)) {
            offset = Math.copySign(deviation(least), offset);
        }
        double weight = 1.0 / Math.min(values + 1, horizon);
        return new Usual(
                values + 1,
                mean + weight * offset,
                (1 - weight) * (variance + weight * offset * offset));
    }
}
