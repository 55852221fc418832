// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.network.Precision;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorFlagsTest {

    @ParameterizedTest
    @CsvSource({
        "'flags\t\t: fpu avx2 fma', fp16 fp32",
        "'flags\t\t: fpu avx2 avx512f avx512bw', bf16 fp16 fp32",
        "'flags\t\t: fpu avx2 avx_vnni', fp16 fp32 int8",
        "'flags\t\t: avx512bw avx512_bf16 avx512_vnni', bf16 fp16 fp32 int8",
        "'Features\t: fp asimd', bf16 fp16 fp32 int8",
        "'', bf16 fp16 fp32 int8"
    })
    void ruleOutWhatThereAreNoInstructionsFor(String line, String left) {
        ProcessorFlags flags = ProcessorFlags.of("processor\t: 0\n" + line + "\n");

        List<String> tried =
                Arrays.stream(Precision.values())
                        .filter(precision -> !flags.ruleOut(precision, "cpu"))
                        .map(Precision::label)
                        .sorted()
                        .toList();

        assertThat(tried).isEqualTo(List.of(left.split(" ")));
        assertThat(flags.ruleOut(Precision.BF16, "gpu0")).isFalse();
    }
}
