// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What a processor can do.
 *
 * @param bfloat16 whether it multiplies bf16 numbers
 * @param int8 whether it multiplies 8-bit numbers and adds them up in 32 bits (x86 only)
 */
public record CpuFeatures(boolean bfloat16, boolean int8) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> BFLOAT16 = List.of("avx512_bf16", "amx_bf16");
    private static final List<String> INT8 = List.of("avx512_vnni", "amx_int8");

    /** Those of this machine; none where they cannot be found out. */
    public static CpuFeatures ofThisCpu() {
        try {
            return parse(Files.readString(CPU_INFO, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new CpuFeatures(false, false); // Not Linux: single precision works everywhere.
        }
    }

    /** Those that a text like {@code /proc/cpuinfo} lists. */
    static CpuFeatures parse(String cpuInfo) {
        List<String> flags =
                cpuInfo.lines()
                        .filter(line -> line.startsWith("flags"))
                        .findFirst()
                        .map(line -> Arrays.asList(line.split("\\s+")))
                        .orElse(List.of());
        return new CpuFeatures(
                !Collections.disjoint(flags, BFLOAT16), !Collections.disjoint(flags, INT8));
    }
}
