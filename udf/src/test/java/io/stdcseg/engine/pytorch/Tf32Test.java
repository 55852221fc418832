// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The switch is in libtorch for CPUs, too, where nothing depends on it. */
class Tf32Test {

    @BeforeEach
    void loadPyTorch() {
        PyTorchRuntime.get(0);
    }

    @AfterEach
    void leaveItAsItWas() {
        Tf32.allow(true);
    }

    @Test
    void pyTorchAllowsItUntilItIsTurnedOff() {
        assertThat(Tf32.allowed()).isTrue();

        Tf32.off();

        assertThat(Tf32.allowed()).isFalse();
    }
}
