// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import java.util.SplittableRandom;
import java.util.function.Function;

/** Condition under which a street is seen: the hour and the weather. */
public enum Condition {
    /** Any hour and weather of {@link Weather#any}. */
    DAY(0.3, Ambience::day),
    /** The sun over the horizon, ahead or behind: long shadows, glare and warm haze. */
    LOW_SUN(0.16, Ambience::lowSun),
    /** After sunset: a bright sky, a dark street, the first lamps. */
    DUSK(0.15, Ambience::dusk),
    /** Lamps and nothing else. */
    NIGHT(0.15, Ambience::night),
    /** Grey light, a street that mirrors, streaks in the air and drops on the glass. */
    RAIN(0.14, Ambience::rain),
    /** Air in which a street fades into white. */
    FOG(0.1, Ambience::fog);

    private final double share;
    private final Function<SplittableRandom, Ambience> ambience;

    /**
     * @param share of pictures
     */
    Condition(double share, Function<SplittableRandom, Ambience> ambience) {
        this.share = share;
        this.ambience = ambience;
    }

    /** Any condition, by its share. */
    public static Condition any(SplittableRandom random) {
        double rest = random.nextDouble();
        for (Condition condition : values()) {
            rest -= condition.share;
            if (rest < 0) {
                return condition;
            }
        }
        return FOG;
    }

    /** What it may look like. */
    public Ambience ambience(SplittableRandom random) {
        return ambience.apply(random);
    }
}
