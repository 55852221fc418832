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
    private static final double[] DAY = {0, 0.5, 0.5};
    private static final double[] NIGHT = {1, 0, 0};
    private static final double[] UNKNOWN = {Double.NaN, Double.NaN, Double.NaN};

    private MaskPast past = MaskPast.NONE;

    @Test
    void aPastIsNeededToDriftFrom() {
        for (int i = 0; i < ENOUGH; i++) {
            assertThat(see(USUAL, 0.8).judgement().driftNats()).isNaN();
        }
        assertThat(see(USUAL, 0.8).judgement().driftNats()).isZero();
        assertThat(see(COVERED, 0.8).judgement().driftNats()).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void whatIsUsualHasToBeKnownBeforeAnythingIsNot() {
        for (int i = 0; i < 10; i++) {
            MaskScores scores = see(i % 2 == 0 ? USUAL : COVERED, i % 2);
            assertThat(scores.judgement().unstable() || scores.judgement().drifted())
                    .as("window %s", i)
                    .isFalse();
        }
    }

    @Test
    void aCoveredLensDriftsAndAnUnsteadyNetworkIsUnstable() {
        for (int i = 0; i < 20; i++) {
            MaskScores usual = see(USUAL, i % 2 == 0 ? 0.8 : 0.82);
            assertThat(usual.judgement().drifted() || usual.judgement().unstable()).isFalse();
        }
        assertThat(past.judge(window(COVERED, 0.8), ENOUGH))
                .satisfies(scores -> assertThat(scores.judgement().drifted()).isTrue())
                .satisfies(scores -> assertThat(scores.judgement().unstable()).isFalse());
        assertThat(past.judge(window(USUAL, 0.7), ENOUGH))
                .satisfies(scores -> assertThat(scores.judgement().unstable()).isTrue())
                .satisfies(scores -> assertThat(scores.judgement().inconsistent()).isTrue());
        // Within three times the least deviation.
        assertThat(past.judge(window(USUAL, 0.76), ENOUGH).judgement().unstable()).isFalse();
        // What is more stable than usual is no fault.
        assertThat(past.judge(window(USUAL, 1), ENOUGH).judgement().unstable()).isFalse();
    }

    @Test
    void whatStaysBecomesUsualInTheEnd() {
        for (int i = 0; i < 20; i++) {
            see(USUAL, 0.8);
        }
        assertThat(see(COVERED, 0.8).judgement().drifted()).isTrue();
        assertThat(see(COVERED, 0.8).judgement().drifted()).isTrue();
        for (int i = 0; i < 1000; i++) {
            see(COVERED, 0.8);
        }
        assertThat(see(COVERED, 0.8).judgement().drifted()).isFalse();
    }

    /** Odds 1.75 times as high or low are unusual, of however few pixels; others are not. */
    @Test
    void aNetworkThatIsLessOrMoreSureThanUsualIsNoticed() {
        for (int i = 0; i < 10; i++) {
            assertThat(past.judge(window(USUAL, 0.8, 0.9), ENOUGH).judgement().unsure()).isFalse();
            past = past.withWindow(window(USUAL, 0.8, 0.04), ENOUGH);
        }
        assertThat(past.judge(window(USUAL, 0.8, 0.065), ENOUGH).judgement().unsure()).isFalse();
        assertThat(past.judge(window(USUAL, 0.8, 0.08), ENOUGH).judgement().unsure()).isTrue();
        assertThat(past.judge(window(USUAL, 0.8, 0.025), ENOUGH).judgement().unsure()).isFalse();
        assertThat(past.judge(window(USUAL, 0.8, 0.019), ENOUGH).judgement().unsure()).isTrue();
        assertThat(past.judge(window(USUAL, 0.8), ENOUGH).judgement().unsure()).isFalse();
        for (int i = 0; i < 300; i++) {
            past = past.withWindow(window(USUAL, 0.8, 0.12), ENOUGH);
        }
        assertThat(past.judge(window(USUAL, 0.8, 0.12), ENOUGH).judgement().unsure()).isFalse();
    }

    @Test
    void aPictureThatIsMoreOrLessSharpThanUsualIsNoticed() {
        for (int i = 0; i < 10; i++) {
            assertThat(look(4, DAY).unusuallySharp()).isFalse();
        }
        assertThat(past.judge(looking(2.4, DAY), ENOUGH).judgement().unusuallySharp()).isFalse();
        assertThat(past.judge(looking(2.2, DAY), ENOUGH).judgement().unusuallySharp()).isTrue();
        assertThat(past.judge(looking(0, DAY), ENOUGH).judgement().unusuallySharp()).isTrue();
        assertThat(past.judge(looking(6.8, DAY), ENOUGH).judgement().unusuallySharp()).isFalse();
        assertThat(past.judge(looking(7.2, DAY), ENOUGH).judgement().unusuallySharp()).isTrue();
        assertThat(past.judge(window(USUAL, 0.8), ENOUGH).judgement().unusuallySharp()).isFalse();
    }

    @Test
    void anotherLightIsDriftOfLuma() {
        for (int i = 0; i < ENOUGH; i++) {
            assertThat(look(4, DAY).lumaDriftNats()).isNaN();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(look(4, DAY).lumaDriftNats()).isZero();
        }
        MaskScores.Judgement dark = look(4, NIGHT);
        assertThat(dark.lumaDriftNats()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(dark.lumaDrifted()).isTrue();
        assertThat(dark.drifted()).isFalse();
    }

    /** A past of earlier versions says nothing of luma until there is a window's length of it. */
    @Test
    void aPastWithoutLumaLearnsIt() {
        past =
                new MaskPast(
                        USUAL,
                        90,
                        Usual.NONE,
                        Usual.NONE,
                        Usual.NONE,
                        Usual.NONE,
                        null,
                        0,
                        null,
                        null);
        for (int i = 0; i < ENOUGH; i++) {
            assertThat(look(4, DAY).lumaDriftNats()).isNaN();
        }
        for (int i = 0; i < 12; i++) {
            assertThat(look(4, DAY).lumaDriftNats()).isZero();
        }
        assertThat(look(4, NIGHT).lumaDrifted()).isTrue();
        assertThat(past.slides()).isEqualTo(90 + ENOUGH + 13);
        assertThat(past.lumaSlides()).isEqualTo(ENOUGH + 13);
    }

    private MaskScores.Judgement look(double sharpness, double[] luma) {
        MaskScores judged = past.judge(looking(sharpness, luma), ENOUGH);
        past = past.withWindow(judged, ENOUGH).withSlide(judged, ENOUGH);
        return judged.judgement();
    }

    private static MaskScores looking(double sharpness, double[] luma) {
        return new MaskScores(
                10, USUAL, Double.NaN, 0.8, 9, 0.8, 9, sharpness, luma, MaskScores.Judgement.NONE);
    }

    @Test
    void aPastThatWasKeptBeforeThereWasUncertaintyHasNone() {
        MaskPast kept =
                new MaskPast(
                        USUAL, 3, Usual.NONE, Usual.NONE, Usual.NONE, null, null, 0, null, null);
        assertThat(kept.uncertainty()).isEqualTo(Usual.NONE);
    }

    @Test
    void meanAndDeviationAreThoseOfAllValuesWhereTheseAreFew() {
        Usual usual = Usual.NONE;
        for (double value : new double[] {0.50, 0.52, 0.48, 0.54}) {
            usual = usual.with(value, 100, Usual.LEAST_DEVIATION);
        }
        assertThat(usual.mean()).isCloseTo(0.51, within(1e-12));
        assertThat(usual.variance()).isCloseTo(0.0005, within(1e-12));
    }

    private MaskScores see(double[] shares, double stability) {
        MaskScores judged = past.judge(window(shares, stability), ENOUGH);
        past = past.withWindow(judged, ENOUGH).withSlide(judged, ENOUGH);
        return judged;
    }

    private static MaskScores window(double[] shares, double stability) {
        return window(shares, stability, Double.NaN);
    }

    private static MaskScores window(double[] shares, double stability, double uncertain) {
        return new MaskScores(
                10,
                shares,
                uncertain,
                stability,
                9,
                stability,
                9,
                Double.NaN,
                UNKNOWN,
                MaskScores.Judgement.NONE);
    }
}
