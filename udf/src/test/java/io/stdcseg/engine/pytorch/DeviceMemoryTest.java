// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;

class DeviceMemoryTest {

    @Test
    void aLackOfItIsToldByPyTorchsWords() {
        String words =
                "The following operation failed in the TorchScript interpreter.\n"
                        + "RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB.";

        assertThat(DeviceMemory.ranOut(new EngineException(words))).isTrue();
        assertThat(DeviceMemory.ranOut(new EngineException("shapes differ"))).isFalse();
        assertThat(DeviceMemory.ranOut(new IllegalStateException(words))).isFalse();
    }
}
