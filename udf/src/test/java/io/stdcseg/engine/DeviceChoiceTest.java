// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceChoiceTest {

    @Test
    void autoTakesTheGpusThatAreThere() {
        assertThat(DeviceChoice.parse("auto").gpus(2)).containsExactly(0, 1);
        assertThat(DeviceChoice.parse("auto").gpus(0)).isEmpty();
    }

    @Test
    void theCpuIsTakenBesideGpus() {
        assertThat(DeviceChoice.parse("cpu").gpus(2)).isEmpty();
    }

    @Test
    void gpusAreAllOrThoseNamed() {
        assertThat(DeviceChoice.parse("gpu").gpus(3)).containsExactly(0, 1, 2);
        assertThat(DeviceChoice.parse("gpu:2").gpus(3)).containsExactly(2);
        assertThat(DeviceChoice.parse("gpu:2,0,2").gpus(3)).containsExactly(2, 0);
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
        assertThatThrownBy(() -> DeviceChoice.parse("gpu:1,2").gpus(2))
                .isInstanceOf(InputException.class)
                .hasMessage("device gpu:1,2: there is no GPU 2; allowed are 0 to 1");
        assertThatThrownBy(() -> DeviceChoice.parse("gpu").gpus(0))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "device gpu: PyTorch finds no GPU, which takes NVIDIA's driver and a build"
                                + " with mvn -Pcuda; allowed are auto and cpu");
    }
}
