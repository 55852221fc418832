// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Processors that multiply 8-bit numbers; others saturate sums of them, so tests skip. */
public final class Int8 {

    private static final Pattern INSTRUCTIONS = Pattern.compile("\\b(avx512_vnni|amx_int8)\\b");

    private Int8() {}

    /** The calling test is skipped where the processor has no such instructions. */
    public static void require() {
        assumeTrue(isThere(), "skipped: this processor has neither AVX512-VNNI nor AMX");
    }

    private static boolean isThere() {
        try {
            Path processors = Path.of("/proc/cpuinfo");
            String text = Files.readString(processors, StandardCharsets.ISO_8859_1);
            return INSTRUCTIONS.matcher(text).find();
        } catch (IOException e) {
            return false; // Not Linux.
        }
    }
}
