// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;
import org.junit.jupiter.api.Test;

class PrecisionChoiceTest {

    @Test
    void autoSuitsTheDevice() {
        PrecisionChoice auto = PrecisionChoice.parse("auto");

        assertThat(auto.on(true, true)).isEqualTo(Precision.FP16);
        assertThat(auto.on(false, true)).isEqualTo(Precision.BF16);
        assertThat(auto.on(false, false)).isEqualTo(Precision.FP32);
    }

    @Test
    void whatIsNamedIsTaken() {
        assertThat(PrecisionChoice.parse("fp32").on(true, true)).isEqualTo(Precision.FP32);
        assertThat(PrecisionChoice.parse("bf16").on(false, false)).isEqualTo(Precision.BF16);
        assertThat(PrecisionChoice.parse("fp16").on(true, false)).isEqualTo(Precision.FP16);
    }

    @Test
    void halfNeedsAGpu() {
        assertThatThrownBy(() -> PrecisionChoice.parse("fp16").on(false, true))
                .isInstanceOf(InputException.class)
                .hasMessage("precision fp16 needs a GPU; allowed on a CPU are auto, fp32 and bf16");
    }

    @Test
    void theUnknownIsRefusedWithWhatIsAllowed() {
        assertThatThrownBy(() -> PrecisionChoice.parse("int8"))
                .isInstanceOf(InputException.class)
                .hasMessage("precision 'int8' is unknown; allowed are auto, fp32, bf16 and fp16");
    }

    @Test
    void theProcessorsFlagsTellWhetherBfloat16IsNative() {
        assertThat(CpuFeatures.hasBfloat16("model\t: x\nflags\t\t: fpu avx512_bf16 sse\n"))
                .isTrue();
        assertThat(CpuFeatures.hasBfloat16("flags\t\t: fpu amx_bf16\nflags : fpu\n")).isTrue();
        assertThat(CpuFeatures.hasBfloat16("flags\t\t: fpu avx512_bf16x avx2\n")).isFalse();
        assertThat(CpuFeatures.hasBfloat16("Features : asimd\n")).isFalse();
        assertThat(CpuFeatures.hasBfloat16("")).isFalse();
    }
}
