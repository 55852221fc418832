// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceChoiceTest {

    @Test
    void autoTakesTheGpusThatAreThere() {
        assertThat(devices("auto", 2)).containsExactly("gpu0", "gpu1");
        assertThat(devices("auto", 0)).containsExactly("cpu");
    }

    @Test
    void theCpuIsTakenBesideGpus() {
        assertThat(devices("cpu", 2)).containsExactly("cpu");
    }

    @Test
    void gpusAreAllOrThoseNamed() {
        assertThat(devices("gpu", 3)).containsExactly("gpu0", "gpu1", "gpu2");
        assertThat(devices("gpu:2", 3)).containsExactly("gpu2");
        assertThat(devices("gpu:2,0,2", 3)).containsExactly("gpu2", "gpu0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "GPU", "tpu", "gpu:", "gpu:x", "gpu:-1", "gpu:1,", "gpu:1;2", "cpu:0"})
    void theUnknownIsRefusedWithWhatIsAllowed(String text) {
        assertThatThrownBy(() -> DeviceChoice.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "device '" + text + "' is unknown; allowed are auto, cpu, gpu and gpu:N,M");
    }

    @Test
    void theAbsentIsRefusedWithWhatIsThere() {
        assertThatThrownBy(() -> devices("gpu:1,2", 2))
                .isInstanceOf(InputException.class)
                .hasMessage("device gpu:1,2: there is no GPU 2; allowed are 0 to 1");
        assertThatThrownBy(() -> devices("gpu", 0))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "device gpu: PyTorch finds no GPU, which takes NVIDIA's driver and a build"
                                + " with mvn -Pcuda; allowed are auto and cpu");
    }

    @Test
    void whyThereIsNoneIsSaid() {
        GpuFault fault = new GpuFault("NVIDIA's driver says: system not yet initialized", true);
        DeviceChoice gpu = DeviceChoice.parse("gpu");

        assertThatThrownBy(() -> gpu.devices(() -> 0, () -> Optional.of(fault)))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "device gpu: PyTorch finds no GPU: NVIDIA's driver says: system not yet"
                                + " initialized; allowed are auto and cpu");
        assertThat(DeviceChoice.parse("auto").devices(() -> 0, () -> Optional.of(fault)))
                .containsExactly("cpu");
    }

    private static List<String> devices(String choice, int present) {
        return DeviceChoice.parse(choice).devices(() -> present, Optional::empty);
    }
}
