// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.engine.Devices;
import io.stdcseg.network.Precision;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Flags of an x86 processor as Linux names them. They spare trials that would fail, and replace
 * none: an emulator shows the host's.
 *
 * @param names empty where nothing is known, as on other processors
 */
record ProcessorFlags(Set<String> names) {

    /** Without them sums of 8-bit products overflow. */
    private static final Set<String> INT8 = Set.of("avx512_vnni", "avx_vnni");

    /** Without one of them oneDNN refuses; with it, it computes in single precision if need be. */
    private static final Set<String> BF16 = Set.of("avx512bw", "avx_ne_convert");

    private static final String LINE = "flags";

    ProcessorFlags {
        names = Set.copyOf(names);
    }

    /** Those in a text like {@code /proc/cpuinfo}. */
    static ProcessorFlags of(String cpuInfo) {
        return new ProcessorFlags(
                cpuInfo.lines()
                        .filter(line -> line.startsWith(LINE))
                        .findFirst()
                        .map(line -> line.substring(line.indexOf(':') + 1).strip().split(" "))
                        .map(words -> Arrays.stream(words).collect(Collectors.toSet()))
                        .orElse(Set.of()));
    }

    /** Whether the processor has no instructions for a precision. */
    boolean ruleOut(Precision precision, String device) {
        if (names.isEmpty() || Devices.isGpu(device)) {
            return false;
        }
        return switch (precision) {
            case INT8 -> Collections.disjoint(names, INT8);
            case BF16 -> Collections.disjoint(names, BF16);
            default -> false;
        };
    }
}
