// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What this machine's processor can do. */
public final class CpuFeatures {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> BFLOAT16 = List.of("avx512_bf16", "amx_bf16");

    private CpuFeatures() {}

    /** Whether it multiplies bf16 numbers; false where that cannot be found out. */
    public static boolean hasBfloat16() {
        try {
            return hasBfloat16(Files.readString(CPU_INFO, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // Not Linux: single precision works everywhere.
        }
    }

    static boolean hasBfloat16(String cpuInfo) {
        return cpuInfo.lines()
                .filter(line -> line.startsWith("flags"))
                .limit(1)
                .map(line -> Arrays.asList(line.split("\\s+")))
                .anyMatch(flags -> !Collections.disjoint(flags, BFLOAT16));
    }
}
