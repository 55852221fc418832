// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.engine.GpuFault;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Numbers and texts of drivers are those of {@code cuda.h}. */
class CudaFaultTest {

    private static final Map<Integer, String> TEXTS =
            Map.of(
                    100, "no CUDA-capable device is detected",
                    802, "system not yet initialized",
                    999, "unknown error");

    @Test
    void withoutADriverThereIsNothingToSay() {
        assertThat(CudaFault.of(Optional.empty(), true)).isEmpty();
        assertThat(CudaFault.of(Optional.empty(), false)).isEmpty();
    }

    @Test
    void aDriverThatStartsIsNoneOfTheReasons() {
        assertThat(fault(0, 12000, true)).isEmpty();
        assertThat(fault(0, 13000, true)).isEmpty();
    }

    @Test
    void theDriverSaysItself() {
        assertThat(fault(802, 12040, true))
                .contains(
                        new GpuFault(
                                "NVIDIA's driver says: system not yet initialized (802); where"
                                        + " cards are joined by NVSwitch it waits for"
                                        + " nvidia-fabricmanager",
                                true));
        assertThat(fault(999, 12040, true))
                .contains(new GpuFault("NVIDIA's driver says: unknown error (999)", true));
    }

    @Test
    void hiddenCardsAreNoAlarm() {
        assertThat(fault(100, 12040, true))
                .contains(
                        new GpuFault(
                                "NVIDIA's driver says: no CUDA-capable device is detected (100)",
                                false));
    }

    @Test
    void anOldDriverIsNamedByItsCuda() {
        assertThat(fault(0, 11040, true))
                .contains(
                        new GpuFault(
                                "NVIDIA's driver knows CUDA 11.4 and PyTorch needs 12.0 or newer,"
                                        + " which is driver 525",
                                true));
    }

    @Test
    void aBuildForCpusIsNamedLast() {
        assertThat(fault(0, 12040, false))
                .contains(
                        new GpuFault(
                                "this build has PyTorch for CPUs; mvn -Pcuda makes one for GPUs",
                                true));
    }

    private static Optional<GpuFault> fault(int result, int version, boolean forGpus) {
        CudaDriver driver =
                new CudaDriver() {
                    @Override
                    public int start() {
                        return result;
                    }

                    @Override
                    public String describe(int error) {
                        return TEXTS.get(error);
                    }

                    @Override
                    public int sleepWhileWaiting(int gpu) {
                        throw new AssertionError("nobody asked for that");
                    }

                    @Override
                    public int version() {
                        return version;
                    }
                };
        return CudaFault.of(Optional.of(driver), forGpus);
    }
}
