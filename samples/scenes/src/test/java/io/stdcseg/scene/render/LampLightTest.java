// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LampLightTest {

    private static final Vec DOWN = new Vec(0, -1, 0);
    private static final Tint ORANGE = new Tint(1, 0.5, 0.25);
    private static final Lamp STREET = new Lamp(new Vec(0, 8, 100), DOWN, Lamp.Kind.STREET);

    private final LampLight light = new LampLight(List.of(STREET), ORANGE, 1);

    @Test
    void fallsByTheSquareOfTheDistance() {
        // 80 / (8^2 + 4), less what is left at 8 of 28 metres.
        double below = 80 / 68.0 * (1 - 64 / 784.0);
        assertThat(at(new Vec(0, 0, 100), Vec.UP))
                .containsExactly(new double[] {below, 0.5 * below, 0.25 * below}, within(1e-6));
        assertThat(at(new Vec(0, 4, 100), Vec.UP)[0]).isGreaterThan(2 * below);
    }

    @Test
    void addsToTheLightThatIsThere() {
        double[] rgb = {0.3, 0.3, 0.3};
        light.add(new Vec(0, 0, 100), Vec.UP, rgb);
        assertThat(rgb[0] - 0.3).isCloseTo(at(new Vec(0, 0, 100), Vec.UP)[0], within(1e-9));
    }

    @Test
    void givesAThirdToAFaceThatLooksAway() {
        double[] away = at(new Vec(0, 0, 100), DOWN);
        assertThat(away[0]).isCloseTo(0.3 * at(new Vec(0, 0, 100), Vec.UP)[0], within(1e-9));
    }

    @Test
    void endsAtItsReachAndAboveItself() {
        assertThat(at(new Vec(0, 0, 130), Vec.UP)).containsOnly(0);
        assertThat(at(new Vec(0, 0, -500), Vec.UP)).containsOnly(0);
        assertThat(at(new Vec(0, 12, 100), DOWN)).containsOnly(0);
    }

    @Test
    void keepsABeamWithinItsCone() {
        Vec ahead = new Vec(0, 0, 1);
        Lamp beam = new Lamp(new Vec(0, 1, 0), ahead, Lamp.Kind.BEAM);
        assertThat(beam.towards(new Vec(0, 1, 20))).isEqualTo(1);
        assertThat(beam.towards(new Vec(20, 1, 20))).isZero();
        assertThat(beam.towards(new Vec(0, 1, -20))).isZero();
    }

    private double[] at(Vec point, Vec normal) {
        double[] rgb = new double[3];
        light.add(point, normal, rgb);
        return rgb;
    }
}
