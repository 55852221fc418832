// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.network.Convolution.Norm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormTest {

    @Test
    void everyScaleThatAWeightCanGiveHasAWeightThatGivesIt() {
        int first = Float.floatToIntBits(Norm.scale(0));
        int last = Float.floatToIntBits(1000f);
        for (int bits = first; bits < last; bits += 101) {
            float scale = Float.intBitsToFloat(bits);

            assertThat(Norm.scale(Norm.weight(scale))).isEqualTo(scale);
        }
    }

    @Test
    void theSignOfAWeightDoesNotMatter() {
        assertThat(Norm.scale(-0.5f)).isEqualTo(Norm.scale(0.5f)).isEqualTo(0.50001f);
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-5f, 9e-6f, 0, -1e-6f, -2})
    void aScaleThatNoWeightGivesBecomesTheSmallest(float scale) {
        assertThat(Norm.weight(scale)).isZero();
    }
}
