// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MaskPastTest {

    private static final int ENOUGH = 4;
    private static final double[] USUAL = {0.5, 0.3, 0.2, 0};
    private static final double[] COVERED = {0, 0, 0, 1};

    private MaskPast past = MaskPast.NONE;

    @Test
    void aPastIsNeededToDriftFrom() {
        for (int i = 0; i < ENOUGH; i++) {
            assertThat(see(USUAL, 0.8).driftNats()).isNaN();
        }
        assertThat(see(USUAL, 0.8).driftNats()).isZero();
        assertThat(see(COVERED, 0.8).driftNats()).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void whatIsUsualHasToBeKnownBeforeAnythingIsNot() {
        for (int i = 0; i < 10; i++) {
            MaskScores scores = see(i % 2 == 0 ? USUAL : COVERED, i % 2);
            assertThat(scores.unstable() || scores.drifted()).as("window %s", i).isFalse();
        }
    }

    @Test
    void aCoveredLensDriftsAndAnUnsteadyNetworkIsUnstable() {
        for (int i = 0; i < 20; i++) {
            MaskScores usual = see(USUAL, i % 2 == 0 ? 0.8 : 0.82);
            assertThat(usual.drifted() || usual.unstable()).isFalse();
        }
        assertThat(past.judge(window(COVERED, 0.8), ENOUGH))
                .satisfies(scores -> assertThat(scores.drifted()).isTrue())
                .satisfies(scores -> assertThat(scores.unstable()).isFalse());
        assertThat(past.judge(window(USUAL, 0.7), ENOUGH))
                .satisfies(scores -> assertThat(scores.unstable()).isTrue())
                .satisfies(scores -> assertThat(scores.inconsistent()).isTrue());
        // Within three times the least deviation.
        assertThat(past.judge(window(USUAL, 0.76), ENOUGH).unstable()).isFalse();
        // What is more stable than usual is no fault.
        assertThat(past.judge(window(USUAL, 1), ENOUGH).unstable()).isFalse();
    }

    @Test
    void whatStaysBecomesUsualInTheEnd() {
        for (int i = 0; i < 20; i++) {
            see(USUAL, 0.8);
        }
        assertThat(see(COVERED, 0.8).drifted()).isTrue();
        assertThat(see(COVERED, 0.8).drifted()).isTrue();
        for (int i = 0; i < 1000; i++) {
            see(COVERED, 0.8);
        }
        assertThat(see(COVERED, 0.8).drifted()).isFalse();
    }

    @Test
    void meanAndDeviationAreThoseOfAllValuesWhereTheseAreFew() {
        Usual usual = Usual.NONE;
        for (double value : new double[] {0.50, 0.52, 0.48, 0.54}) {
            usual = usual.with(value, 100);
        }
        assertThat(usual.mean()).isCloseTo(0.51, within(1e-12));
        assertThat(usual.variance()).isCloseTo(0.0005, within(1e-12));
    }

    private MaskScores see(double[] shares, double stability) {
        MaskScores judged = past.judge(window(shares, stability), ENOUGH);
        past = past.withWindow(judged, ENOUGH).withSlide(shares, ENOUGH);
        return judged;
    }

    private static MaskScores window(double[] shares, double stability) {
        return new MaskScores(
                10,
                shares,
                Double.NaN,
                stability,
                9,
                stability,
                9,
                Double.NaN,
                false,
                false,
                false);
    }
}
