// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.people.Cyclist;
import io.stdcseg.scene.people.Walker;
import io.stdcseg.scene.street.Town.Placement;
import io.stdcseg.scene.thing.Thing;
import io.stdcseg.scene.vehicle.Bus;
import io.stdcseg.scene.vehicle.Car;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Rules of any town, in any weather: everything is drawn at random. */
final class VariedTown {

    private final long seed;
    private final SplittableRandom random;
    private final List<Traffic> traffic = new ArrayList<>();

    private VariedTown(long seed) {
        this.seed = seed;
        this.random = Seeds.random(seed, -1);
    }

    static Town make(long seed) {
        VariedTown town = new VariedTown(seed);
        Street street = Street.any(town.random);
        return town.make(street, Weather.any(town.random), Ground::any);
    }

    /** A town with roads of any country, in a weather. */
    static Town make(long seed, Weather weather) {
        VariedTown town = new VariedTown(seed);
        return town.make(Street.any(town.random), weather, Ground::foreign);
    }

    private interface GroundMaker {
        Ground make(
                Street street, SideStreets sideStreets, Weather weather, SplittableRandom random);
    }

    private Town make(Street street, Weather weather, GroundMaker ground) {
        Quarter quarter = Quarter.any(random);
        SideStreets sideStreets = SideStreets.every(1.5 + 4 * random.nextDouble(), seed);
        double speed = 2 + 8 * random.nextDouble();
        vehicles(street, speed);
        cyclists(street);
        people(street, quarter);
        return new Town(
                street,
                ground.make(street, sideStreets, weather, random),
                weather,
                1000 * random.nextDouble(),
                speed,
                7,
                traffic,
                number -> {
                    SplittableRandom own = Seeds.random(seed, number);
                    List<Placement> all = new ArrayList<>();
                    all.addAll(
                            new VariedBlock(street, sideStreets, quarter, number, own)
                                    .placements());
                    all.addAll(
                            new Kerbside(street, sideStreets, quarter, number, own).placements());
                    return all;
                });
    }

    private void vehicles(Street street, double speed) {
        double buses = random.nextDouble() < 0.5 ? 0.05 : 0.2;
        Function<SplittableRandom, Thing> vehicle =
                r -> r.nextDouble() < buses ? Bus.any(r) : Car.any(r);
        stream(street.ourLane(), speed, 14 + 50 * random.nextDouble(), 0.3, vehicle);
        stream(street.otherLane(), -8.5, 14 + 40 * random.nextDouble(), 0.4, vehicle);
    }

    private void cyclists(Street street) {
        double bikes = street.kerb() - 0.9;
        for (int side = -1; side <= 1; side += 2) {
            double spacing = 14 + 50 * random.nextDouble();
            stream(side * bikes, -side * 4.6, spacing, 0.8, Cyclist::any);
        }
    }

    private void people(Street street, Quarter quarter) {
        double room = street.front() - street.kerb();
        for (int side = -1; side <= 1; side += 2) {
            for (int way = -1; way <= 1; way += 2) {
                double t = side * (street.kerb() + room * (0.5 + 0.2 * way));
                double spacing = 8 + 30 * (1 - quarter.people());
                stream(t, way * 1.3, spacing, 1, r -> Walker.any(1.3, r));
            }
        }
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
