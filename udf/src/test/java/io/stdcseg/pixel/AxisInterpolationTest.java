// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisInterpolationTest {

    @Test
    void endsLieOnEnds() {
        AxisInterpolation axis = new AxisInterpolation(3, 5);

        assertThat(apply(axis, 10, 20, 40)).containsExactly(10, 15, 20, 30, 40);
    }

    @Test
    void shrinkingTakesWhatLiesUnderEachSample() {
        AxisInterpolation axis = new AxisInterpolation(4, 3);

        assertThat(apply(axis, 0, 10, 20, 30)).containsExactly(0, 15, 30);
    }

    @Test
    void theSameSizeIsACopy() {
        AxisInterpolation axis = new AxisInterpolation(3, 3);

        assertThat(axis.isIdentity()).isTrue();
        assertThat(apply(axis, 1, 2, Float.NaN)).containsExactly(1, 2, Float.NaN);
        assertThat(axis.second(1)).isEqualTo(1);
    }

    @Test
    void oneSampleIsTheFirstOrGoesEverywhere() {
        assertThat(apply(new AxisInterpolation(4, 1), 7, 8, 9, 10)).containsExactly(7);
        assertThat(apply(new AxisInterpolation(1, 3), 7)).containsExactly(7, 7, 7);
    }

    @ParameterizedTest
    @CsvSource({"45,360", "360,720", "80,639", "13,97", "720,360", "1000,37", "2,16384", "1,9"})
    void everySampleLiesBetweenTwoNeighbours(int in, int out) {
        AxisInterpolation axis = new AxisInterpolation(in, out);

        assertThat(axis.out()).isEqualTo(out);
        for (int i = 0; i < out; i++) {
            double exact = out > 1 ? (double) (in - 1) * i / (out - 1) : 0;
            double position =
                    axis.firstWeight(i) * (double) axis.first(i)
                            + axis.secondWeight(i) * (double) axis.second(i);
            assertThat(position).isCloseTo(exact, within(in * 1e-6));
            assertThat(axis.second(i))
                    .isBetween(axis.first(i), Math.min(axis.first(i) + 1, in - 1));
            assertThat(axis.firstWeight(i)).isBetween(0f, 1f);
            assertThat(axis.secondWeight(i)).isBetween(0f, 1f);
        }
    }

    private static float[] apply(AxisInterpolation axis, float... samples) {
        float[] results = new float[axis.out()];
        for (int i = 0; i < results.length; i++) {
            results[i] =
                    axis.firstWeight(i) * samples[axis.first(i)]
                            + axis.secondWeight(i) * samples[axis.second(i)];
        }
        return results;
    }
}
