// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import org.junit.jupiter.api.Test;

class SceneOptionsTest {

    @Test
    void pinsTheSampleClip() {
        assertThat(SceneOptions.DEFAULT).isEqualTo(new SceneOptions(10, 640, 360, 15));
        assertThat(ClipWriter.DEFAULT_SECONDS).isEqualTo(10);
    }

    @Test
    void refusesSizesBeyondReason() {
        assertThatThrownBy(() -> new SceneOptions(1, 8, 360, 15))
                .isInstanceOf(InputException.class)
                .hasMessage("size 8x360 of a scene; 16x16 to 7680x4320 are allowed");
    }

    @Test
    void refusesFrameRatesBeyondReason() {
        assertThatThrownBy(() -> new SceneOptions(1, 640, 360, Double.NaN))
                .isInstanceOf(InputException.class)
                .hasMessage("frame rate NaN of a scene; 1 to 240 are allowed");
    }
}
