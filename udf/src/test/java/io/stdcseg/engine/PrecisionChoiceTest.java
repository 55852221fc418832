// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;
import org.junit.jupiter.api.Test;

class PrecisionChoiceTest {

    private static final CpuFeatures ALL = new CpuFeatures(true, true);
    private static final CpuFeatures NONE = new CpuFeatures(false, false);

    @Test
    void autoSuitsTheDevice() {
        PrecisionChoice auto = PrecisionChoice.parse("auto");

        assertThat(auto.onGpu()).isEqualTo(Precision.FP16);
        assertThat(auto.on(ALL)).isEqualTo(Precision.BF16);
        assertThat(auto.on(NONE)).isEqualTo(Precision.FP32);
    }

    @Test
    void whatIsNamedIsTaken() {
        assertThat(PrecisionChoice.parse("fp32").onGpu()).isEqualTo(Precision.FP32);
        assertThat(PrecisionChoice.parse("fp32").on(ALL)).isEqualTo(Precision.FP32);
        assertThat(PrecisionChoice.parse("bf16").on(NONE)).isEqualTo(Precision.BF16);
        assertThat(PrecisionChoice.parse("fp16").onGpu()).isEqualTo(Precision.FP16);
        assertThat(PrecisionChoice.parse("int8").on(ALL)).isEqualTo(Precision.INT8);
    }

    @Test
    void halfNeedsAGpu() {
        refused(
                () -> PrecisionChoice.parse("fp16").on(ALL),
                "precision fp16 needs a GPU; allowed on a CPU are auto, fp32, bf16 and int8");
    }

    @Test
    void eightBitsNeedACpuThatMultipliesThem() {
        refused(
                () -> PrecisionChoice.parse("int8").onGpu(),
                "precision int8 needs a CPU; allowed on a GPU are auto, fp32, bf16 and fp16");
        refused(
                () -> PrecisionChoice.parse("int8").on(NONE),
                "precision int8 needs an x86 processor with AVX512-VNNI or AMX; allowed on this"
                        + " one are auto, fp32 and bf16");
    }

    @Test
    void theUnknownIsRefusedWithWhatIsAllowed() {
        refused(
                () -> PrecisionChoice.parse("int4"),
                "precision 'int4' is unknown; allowed are auto, fp32, bf16, fp16 and int8");
    }

    @Test
    void theProcessorsFlagsTellWhatItMultiplies() {
        assertThat(CpuFeatures.parse("model\t: x\nflags\t\t: fpu avx512_bf16 sse\n"))
                .isEqualTo(new CpuFeatures(true, false));
        assertThat(CpuFeatures.parse("flags\t\t: fpu amx_bf16\nflags : fpu\n"))
                .isEqualTo(new CpuFeatures(true, false));
        assertThat(CpuFeatures.parse("flags\t\t: fpu avx512_vnni\n"))
                .isEqualTo(new CpuFeatures(false, true));
        assertThat(CpuFeatures.parse("flags\t\t: amx_int8 amx_bf16\n")).isEqualTo(ALL);
        assertThat(CpuFeatures.parse("flags\t\t: fpu avx512_bf16x avx_vnni\n")).isEqualTo(NONE);
        assertThat(CpuFeatures.parse("Features : asimd\n")).isEqualTo(NONE);
        assertThat(CpuFeatures.parse("")).isEqualTo(NONE);
    }

    private static void refused(Runnable choice, String reason) {
        assertThatThrownBy(choice::run).isInstanceOf(InputException.class).hasMessage(reason);
    }
}
