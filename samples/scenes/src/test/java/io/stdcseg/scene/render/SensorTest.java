// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.scene.render.Sensor.ToneCurve;
import org.junit.jupiter.api.Test;

class SensorTest {

    @Test
    void leavesColoursAloneWhenNeutral() {
        for (int value = 0; value < 256; value++) {
            for (int part = 0; part < 3; part++) {
                assertThat(ToneCurve.NEUTRAL.of(part, value)).isEqualTo(value);
            }
        }
    }

    @Test
    void clipsWhatIsTooBright() {
        assertThat(new ToneCurve(2, 1, 0).of(1, 200)).isEqualTo(255);
        assertThat(new ToneCurve(2, 1, 0).of(1, 100)).isEqualTo(200);
    }

    @Test
    void sinksShadowsAndWarmsColours() {
        ToneCurve tone = new ToneCurve(1, 1.5, 0.1);
        assertThat(tone.of(1, 60)).isLessThan(40);
        assertThat(tone.of(0, 60)).isGreaterThan(tone.of(1, 60));
        assertThat(tone.of(2, 60)).isLessThan(tone.of(1, 60));
    }
}
