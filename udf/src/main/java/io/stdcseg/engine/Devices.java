// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import java.util.List;

/** Names of devices: {@code cpu}, or {@code gpu0} and so on. */
public final class Devices {

    public static final String CPU = "cpu";

    private static final String GPU = "gpu";

    private Devices() {}

    /** Whether a name is that of a GPU. */
    public static boolean isGpu(String name) {
        return name.startsWith(GPU);
    }

    /** The number of a GPU. */
    public static int number(String gpu) {
        return Integer.parseInt(gpu.substring(GPU.length()));
    }

    /** The GPUs of these numbers, or the CPU if there are none. */
    static List<String> named(List<Integer> gpus) {
        return gpus.isEmpty() ? List.of(CPU) : gpus.stream().map(number -> GPU + number).toList();
    }
}
