// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import ai.djl.Device;
import java.util.List;

/** The devices that a choice stands for on this machine. Plain names outside, DJL's inside. */
public final class Devices {

    private static final String CPU = "cpu";
    private static final String GPU = "gpu";

    private Devices() {}

    /** Names of the devices of a choice, at least one; loads PyTorch unless the CPU is chosen. */
    public static List<String> of(SegmenterOptions options) {
        DeviceChoice parsed = DeviceChoice.parse(options.device());
        if (parsed.kind() == DeviceChoice.Kind.CPU) {
            return List.of(CPU);
        }
        List<Integer> gpus = parsed.gpus(TorchEngine.get(options.threads()).getGpuCount());
        return gpus.isEmpty() ? List.of(CPU) : gpus.stream().map(n -> GPU + n).toList();
    }

    /** Whether a name is that of a GPU. */
    public static boolean isGpu(String name) {
        return name.startsWith(GPU);
    }

    /** The device of a name. */
    public static Device djl(String name) {
        return isGpu(name)
                ? Device.gpu(Integer.parseInt(name.substring(GPU.length())))
                : Device.cpu();
    }
}
