// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** Kind of place that a drive leads through. */
public enum Place {
    /** Any street of {@link VariedTown}. */
    TOWN(0.67, VariedTown::make),
    /** A street by the rules of the sample clip. */
    PLAIN(0.12, PlainTown::make),
    /** Lanes without pavements, crash barriers, gantries. */
    MOTORWAY(0.13, Motorway::make),
    /** Walls and rows of lamps, and daylight at their end. */
    TUNNEL(0.08, TunnelRoad::make);

    private final double share;
    private final BiFunction<Long, Weather, Town> maker;

    /**
     * @param share of pictures
     */
    Place(double share, BiFunction<Long, Weather, Town> maker) {
        this.share = share;
        this.maker = maker;
    }

    /** Any place, by its share. */
    public static Place any(SplittableRandom random) {
        double rest = random.nextDouble();
        for (Place place : values()) {
            rest -= place.share;
            if (rest < 0) {
                return place;
            }
        }
        return TOWN;
    }

    /** One of its kind, the same in any weather but for the look of its ground. */
    public Town town(long seed, Weather weather) {
        return maker.apply(seed, weather);
    }

    /** Whether daylight is kept off at a place along it. */
    public boolean covered(double z) {
        return this == TUNNEL && TunnelRoad.covered(z);
    }
}
