// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import io.stdcseg.engine.GpuFault;
import java.util.Locale;
import java.util.Optional;

/** Why PyTorch finds no GPU where NVIDIA has a driver. */
final class CudaFault {

    /** CUDA 12.0, which driver 525 brought: what was made for a newer 12 runs on it. */
    private static final int OLDEST = 12000;

    // Errors of the driver, from cuda.h.
    private static final int NO_DEVICE = 100;
    private static final int NOT_READY = 802;

    private CudaFault() {}

    /**
     * Empty where there is no driver, or nothing wrong with it and the build.
     *
     * @param forGpus whether there is a libtorch for GPUs
     */
    static Optional<GpuFault> of(Optional<CudaDriver> driver, boolean forGpus) {
        return driver.flatMap(one -> of(one, forGpus));
    }

    private static Optional<GpuFault> of(CudaDriver driver, boolean forGpus) {
        int error = driver.start();
        if (error != 0) {
            String hint =
                    error == NOT_READY
                            ? "; where cards are joined by NVSwitch it waits for"
                                    + " nvidia-fabricmanager"
                            : "";
            return fault(
                    "NVIDIA's driver says: " + driver.describe(error) + " (" + error + ")" + hint,
                    error != NO_DEVICE);
        }
        if (driver.version() < OLDEST) {
            return fault(
                    String.format(
                            Locale.ROOT,
                            "NVIDIA's driver knows CUDA %d.%d and PyTorch needs 12.0 or newer,"
                                    + " which is driver 525",
                            driver.version() / 1000,
                            driver.version() % 1000 / 10),
                    true);
        }
        return forGpus
                ? Optional.empty()
                : fault("this build has PyTorch for CPUs; mvn -Pcuda makes one for GPUs", true);
    }

    private static Optional<GpuFault> fault(String reason, boolean alarming) {
        return Optional.of(new GpuFault(reason, alarming));
    }
}
