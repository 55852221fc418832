// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

    private static final int DRAWS = 20_000;

    @ParameterizedTest
    @CsvSource({"DAY, 0.3", "LOW_SUN, 0.16", "DUSK, 0.15", "NIGHT, 0.15", "RAIN, 0.14", "FOG, 0.1"})
    void isMetAtItsShare(Condition condition, double share) {
        SplittableRandom random = new SplittableRandom(1);
        int met = 0;
        for (int i = 0; i < DRAWS; i++) {
            met += Condition.any(random) == condition ? 1 : 0;
        }
        assertThat((double) met / DRAWS).isCloseTo(share, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"TOWN, 0.67", "PLAIN, 0.12", "MOTORWAY, 0.13", "TUNNEL, 0.08"})
    void meetsEachPlaceAtItsShare(Place place, double share) {
        SplittableRandom random = new SplittableRandom(1);
        int met = 0;
        for (int i = 0; i < DRAWS; i++) {
            met += Place.any(random) == place ? 1 : 0;
        }
        assertThat((double) met / DRAWS).isCloseTo(share, within(0.01));
    }

    @Test
    void lightsLampsWhenItIsDarkOnly() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100; i++) {
            assertThat(Condition.NIGHT.ambience(random).lamps()).isPositive();
            assertThat(Condition.DUSK.ambience(random).lamps()).isPositive();
            assertThat(Condition.LOW_SUN.ambience(random).lamps()).isZero();
            assertThat(Condition.DAY.ambience(random).lamps()).isZero();
        }
    }

    @Test
    void wetsTheRoadWhereItRains() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100; i++) {
            for (Condition condition : Condition.values()) {
                Ambience ambience = condition.ambience(random);
                if (ambience.rain() > 0) {
                    assertThat(ambience.weather().wetness()).isGreaterThan(0.5);
                }
            }
            assertThat(Condition.RAIN.ambience(random).rain()).isPositive();
        }
    }

    @Test
    void keepsDaylightOffInTunnelsOnly() {
        assertThat(Place.TUNNEL.covered(10)).isTrue();
        assertThat(Place.TUNNEL.covered(5 * Town.BLOCK + 1)).isFalse();
        assertThat(Place.TUNNEL.covered(6 * Town.BLOCK + 1)).isTrue();
        assertThat(Place.TOWN.covered(10)).isFalse();
    }
}
