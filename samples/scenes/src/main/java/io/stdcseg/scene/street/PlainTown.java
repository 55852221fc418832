// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.people.Cyclist;
import io.stdcseg.scene.people.Walker;
import io.stdcseg.scene.thing.Thing;
import io.stdcseg.scene.vehicle.Car;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Rules of the sample clip's town: terraced houses on a fine day, and traffic both ways. */
final class PlainTown {

    private final long seed;
    private final List<Traffic> traffic = new ArrayList<>();

    private PlainTown(long seed) {
        this.seed = seed;
    }

    static Town make(long seed) {
        return new PlainTown(seed).make(UnaryOperator.identity());
    }

    /** The town of the seed in another weather than its own. */
    static Town make(long seed, Weather weather) {
        return new PlainTown(seed).make(own -> weather);
    }

    private Town make(UnaryOperator<Weather> change) {
        SplittableRandom random = Seeds.random(seed, -1);
        Street street = Street.plain(random);
        Weather weather = change.apply(Weather.fine(random));
        double speed = 6 + 3 * random.nextDouble();
        double bikes = street.kerb() - 2.45;
        double walk = street.kerb() + 1.2;
        stream(street.otherLane(), -8.5, 34, 0.6, Car::plain);
        stream(-bikes, 4.6, 26, 0.7, Cyclist::plain);
        stream(bikes, -4.8, 60, 0.8, Cyclist::plain);
        stream(-walk, 1.3, 17, 0.9, r -> Walker.plain(1.3, r));
        stream(-walk - 0.7, -1.2, 23, 0.9, r -> Walker.plain(1.2, r));
        stream(walk, -1.35, 17, 0.9, r -> Walker.plain(1.35, r));
        stream(walk + 0.7, 1.25, 23, 0.9, r -> Walker.plain(1.25, r));
        // Those in our lane keep our speed: the first drives a little ahead of us.
        traffic.add(new Traffic(seed + 99, street.ourLane(), speed, 46, 0.2, Car::plain));
        return new Town(
                street,
                Ground.plain(street),
                weather,
                seed % 1000,
                speed,
                0,
                traffic,
                number -> new PlainBlock(street, number, Seeds.random(seed, number)).placements());
    }

    private void stream(
            double t,
            double pace,
            double spacing,
            double spread,
            Function<SplittableRandom, Thing> maker) {
        traffic.add(new Traffic(seed * 31 + traffic.size(), t, pace, spacing, spread, maker));
    }
}
