// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.io.Serializable;

/** Fraction, as containers give time bases, frame rates and pixel aspects. */
public record Rational(int numerator, int denominator) implements Serializable {

    public Rational {
        if (denominator <= 0) {
            throw new IllegalArgumentException("denominator " + denominator + " is not positive");
        }
    }

    public double value() {
        return (double) numerator / denominator;
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
