// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stdcseg.engine.CpuFeatures;

/** Processors that multiply 8-bit numbers; others saturate sums of them, so tests skip. */
public final class Int8 {

    private Int8() {}

    /** The calling test is skipped where the processor has no such instructions. */
    public static void require() {
        assumeTrue(
                CpuFeatures.ofThisCpu().int8(),
                "skipped: this processor has neither AVX512-VNNI nor AMX");
    }
}
