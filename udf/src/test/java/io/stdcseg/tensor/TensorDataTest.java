// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import org.junit.jupiter.api.Test;

class TensorDataTest {

    /** Up to 65,519 rounds to the largest half, 65,504; IEEE 754. */
    @Test
    void refusesWhatHalvesMakeInfinite() {
        TensorData fits = TensorData.of(new float[] {65_519, -65_519, Float.NEGATIVE_INFINITY}, 3);
        TensorData large = TensorData.of(new float[] {1, -65_520}, 2);

        assertThat(fits.to(ElementType.F16, "w").toFloats())
                .containsExactly(65_504, -65_504, Float.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> large.to(ElementType.F16, "head.conv.weight"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "head.conv.weight holds -65520.0, which is infinite in fp16; bf16 and fp32"
                                + " hold it");
        assertThat(large.to(ElementType.BF16, "w").toFloats()).containsExactly(1, -65_536);
        assertThat(large.to(ElementType.F32, "w")).isSameAs(large);
    }
}
