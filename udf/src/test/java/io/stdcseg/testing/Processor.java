// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Assumptions of tests on the processor: those that it cannot compute are skipped. Its flags are
 * asked and not the engines: where an engine fails, its tests shall fail and not skip.
 */
public final class Processor {

    private static final Set<String> FLAGS = flags();

    private Processor() {}

    /** The calling test is skipped where sums of 8-bit products saturate. */
    public static void requireInt8() {
        assumeTrue(
                FLAGS.contains("avx512_vnni") || FLAGS.contains("amx_int8"),
                "skipped: this processor has neither AVX512-VNNI nor AMX");
    }

    /** The calling test is skipped where swscale has other code for YUV 4:2:0. */
    public static void requireX86() {
        assumeTrue(isX86(), "skipped: this processor is no x86");
    }

    private static boolean isX86() {
        return List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
    }

    /** The calling test is skipped where oneDNN packs no weights in bfloat16. */
    public static void requireBf16() {
        assumeTrue(
                !isX86()
                        || FLAGS.contains("avx_ne_convert")
                        || FLAGS.containsAll(List.of("avx512bw", "avx512vl", "avx512dq")),
                "skipped: this processor has neither AVX512 nor AVX-NE-CONVERT");
    }

    /** Empty where the system is not Linux. */
    private static Set<String> flags() {
        try {
            Path processors = Path.of("/proc/cpuinfo");
            String text = Files.readString(processors, StandardCharsets.ISO_8859_1);
            return Set.copyOf(Arrays.asList(text.split("\\s+")));
        } catch (IOException e) {
            return Set.of();
        }
    }
}
