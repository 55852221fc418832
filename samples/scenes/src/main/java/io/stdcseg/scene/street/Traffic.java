// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.street.Town.Placement;
import io.stdcseg.scene.thing.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Stream of traffic: things without end that move along the street at one speed.
 *
 * @param seed of the stream's random numbers
 * @param t metres to the right of the centre line
 * @param speed along the street in metres per second, negative towards us
 * @param spacing mean distance between two of them
 * @param spread how far each may stray from its place, as a share of the spacing
 * @param maker makes one of them
 */
record Traffic(
        long seed,
        double t,
        double speed,
        double spacing,
        double spread,
        Function<SplittableRandom, Thing> maker) {

    /** Things between two places of the street at a moment. */
    List<Placement> between(double from, double to, double seconds) {
        double moved = speed * seconds;
        double turn = speed < 0 ? StrictMath.PI : 0;
        List<Placement> found = new ArrayList<>();
        long last = (long) Math.floor((to - moved) / spacing);
        for (long number = (long) Math.floor((from - moved) / spacing) - 1;
                number <= last;
                number++) {
            SplittableRandom random = Seeds.random(seed, number);
            double place = (number + spread * random.nextDouble()) * spacing + moved;
            double stray = 0.5 * (random.nextDouble() - 0.5);
            Thing thing = maker.apply(random);
            if (place >= from && place < to) {
                found.add(new Placement(thing, place, t + stray, turn));
            }
        }
        return found;
    }
}
