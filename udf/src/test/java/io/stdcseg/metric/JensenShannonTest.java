// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class JensenShannonTest {

    @Test
    void theSameHasNoDivergence() {
        assertThat(nats(new double[] {0.2, 0.3, 0.5, 0}, new double[] {0.2, 0.3, 0.5, 0})).isZero();
    }

    @Test
    void whatHasNothingInCommonIsAtTheBound() {
        assertThat(nats(new double[] {1, 0}, new double[] {0, 1}))
                .isCloseTo(Math.log(2), within(1e-15));
    }

    /** By hand: H(3/4, 1/4) less half of H(1/2, 1/2), as H(1, 0) is 0. */
    @Test
    void isTheEntropyOfTheMeanLessTheMeanOfTheEntropies() {
        double mean = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
        double expected = mean - Math.log(2) / 2;
        assertThat(nats(new double[] {1, 0}, new double[] {0.5, 0.5}))
                .isCloseTo(expected, within(1e-15))
                .isCloseTo(0.21576155, within(1e-8));
        assertThat(nats(new double[] {0.5, 0.5}, new double[] {1, 0}))
                .isCloseTo(expected, within(1e-15));
    }

    private static double nats(double[] p, double[] q) {
        return JensenShannon.nats(p, q);
    }
}
