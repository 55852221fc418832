// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.building.Enclosure;
import io.stdcseg.scene.building.House;
import io.stdcseg.scene.furniture.Lamps;
import io.stdcseg.scene.furniture.RoadGear;
import io.stdcseg.scene.plant.Tree;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.street.Town.Placement;
import io.stdcseg.scene.thing.Thing;
import io.stdcseg.scene.vehicle.Bus;
import io.stdcseg.scene.vehicle.Car;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rules of a motorway: fast lanes each way, crash barriers, verges, gantries and bridges. */
final class Motorway {

    private static final double END = Town.BLOCK;

    private final long seed;
    private final SplittableRandom random;
    private final Carriageways ways;
    private final Street street;
    private final boolean lit;
    private final double trees;
    private final double walls;
    private final double houses;
    private final double barriers;

    private Motorway(long seed) {
        this.seed = seed;
        this.random = Seeds.random(seed, -1);
        this.ways = Carriageways.any(random);
        this.lit = random.nextDouble() < 0.5;
        this.trees = random.nextDouble();
        this.walls = random.nextDouble() < 0.35 ? random.nextDouble() : 0;
        this.houses = random.nextDouble() < 0.3 ? random.nextDouble() : 0;
        this.barriers = random.nextDouble() < 0.7 ? 1 : 0.3;
        double verge = 3 + 6 * random.nextDouble();
        double ours = -ways.middle(random.nextInt(ways.lanes()));
        this.street = Street.wide(ways.verge(), verge, ours, random);
    }

    static Town make(long seed, Weather weather) {
        return new Motorway(seed).make(weather);
    }

    private Town make(Weather weather) {
        double speed = 14 + 16 * random.nextDouble();
        Material asphalt = Asphalt.any(weather.soaked(0), random);
        Ground ground = Ground.open(street, ways.on(asphalt), Surfaces.grass());
        return new Town(
                street,
                ground,
                weather,
                1000 * random.nextDouble(),
                speed,
                9,
                traffic(speed),
                this::block);
    }

    private List<Traffic> traffic(double speed) {
        List<Traffic> all = new ArrayList<>();
        double dense = 20 + 50 * random.nextDouble();
        for (int side = -1; side <= 1; side += 2) {
            for (int lane = 0; lane < ways.lanes(); lane++) {
                // Lorries keep to the outside, where all are slower.
                double lorries = lane == ways.lanes() - 1 ? 0.45 : 0.08;
                double pace = speed + 2 * (ways.lanes() - 1 - lane);
                all.add(
                        new Traffic(
                                seed * 31 + all.size(),
                                side * ways.middle(lane),
                                -side * pace,
                                dense * (0.7 + 0.6 * random.nextDouble()),
                                0.6,
                                r -> r.nextDouble() < lorries ? Bus.any(r) : Car.any(r)));
            }
        }
        return all;
    }

    private List<Placement> block(long number) {
        SplittableRandom own = Seeds.random(seed, number);
        double start = number * END;
        List<Placement> all = new ArrayList<>();
        barrier(all, start, -0.25);
        barrier(all, start, 0.25);
        for (int side = -1; side <= 1; side += 2) {
            if (Seeds.random(seed + side, number / 3).nextDouble() < barriers) {
                barrier(all, start, side * (ways.verge() + 0.5));
            }
        }
        if (lit) {
            all.add(new Placement(Lamps.mast(seed), start + 4, 0, 0));
        }
        if (own.nextDouble() < 0.1) {
            all.add(new Placement(RoadGear.gantry(ways.verge() + 1, own), start + 30, 0, 0));
        } else if (own.nextDouble() < 0.08) {
            all.add(new Placement(RoadGear.bridge(ways.verge() + 4, own), start + 30, 0, 0));
        }
        for (int side = -1; side <= 1; side += 2) {
            beside(all, start, side, own);
        }
        return all;
    }

    private void barrier(List<Placement> all, double start, double t) {
        for (double s = RoadGear.RAIL / 2; s < END; s += RoadGear.RAIL) {
            all.add(new Placement(RoadGear.crashBarrier(seed), start + s, t, 0));
        }
    }

    /** What is beyond the verge. */
    private void beside(List<Placement> all, double start, int side, SplittableRandom own) {
        double front = street.front();
        double away = side * StrictMath.PI / 2;
        if (own.nextDouble() < walls) {
            Thing wall = Enclosure.barrier(END, 2 + 2 * own.nextDouble(), own);
            all.add(new Placement(wall, start + END / 2, side * front, away));
        }
        if (own.nextDouble() < 0.15) {
            double t = side * (ways.verge() + 1.5);
            double turn = side < 0 ? 0 : StrictMath.PI;
            all.add(new Placement(RoadGear.board(own), start + 10, t, turn));
        }
        double density = 4 + 30 * (1 - trees);
        for (double s = density * own.nextDouble(); s < END; s += density) {
            double t = side * (front + 3 + 14 * own.nextDouble());
            Tree tree = Tree.free(0.7 + 0.9 * own.nextDouble(), 0.5, own);
            all.add(new Placement(tree, start + s, t, 0));
        }
        if (own.nextDouble() < houses) {
            Thing house = House.office(16, false, own);
            double t = side * (front + 18 + 20 * own.nextDouble());
            all.add(new Placement(house, start + END / 2, t, away));
        }
    }
}
