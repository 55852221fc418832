// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.building.Enclosure;
import io.stdcseg.scene.furniture.Clutter;
import io.stdcseg.scene.furniture.Lamps;
import io.stdcseg.scene.furniture.Signs;
import io.stdcseg.scene.people.Walker;
import io.stdcseg.scene.plant.Tree;
import io.stdcseg.scene.street.Town.Placement;
import io.stdcseg.scene.thing.Thing;
import io.stdcseg.scene.vehicle.Bus;
import io.stdcseg.scene.vehicle.Car;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Kerbside of a block of any street: what stands on its pavements and on the road. */
final class Kerbside {

    private static final double END = Town.BLOCK;

    /** Length of street that a parked car takes. */
    private static final double SLOT = 5.6;

    private final List<Placement> placements = new ArrayList<>();
    private final Street street;
    private final SideStreets sideStreets;
    private final Quarter quarter;
    private final SplittableRandom random;
    private final double start;

    Kerbside(
            Street street,
            SideStreets sideStreets,
            Quarter quarter,
            long number,
            SplittableRandom random) {
        this.street = street;
        this.sideStreets = sideStreets;
        this.quarter = quarter;
        this.random = random;
        this.start = number * Town.BLOCK;
        for (int side = -1; side <= 1; side += 2) {
            parked(side);
            posts(side);
            rows(side);
            people(side);
        }
        road();
    }

    List<Placement> placements() {
        return placements;
    }

    private void parked(int side) {
        boolean room = street.kerb() > 4.2;
        double chance = room && random.nextDouble() < 0.6 ? quarter.parked() : room ? 0.03 : 0;
        for (double s = SLOT / 2; s < END; s += SLOT) {
            if (random.nextDouble() < chance) {
                double turn = random.nextDouble() < 0.5 ? 0 : StrictMath.PI;
                double askew = 0.06 * (random.nextDouble() - 0.5);
                double t = street.kerb() - 0.95 + 0.2 * random.nextDouble();
                boolean tall = random.nextDouble() < 0.03;
                Thing vehicle = tall ? Bus.any(random) : Car.any(random);
                put(vehicle, s + 0.5 * random.nextDouble(), side * t, turn + askew);
            }
        }
    }

    /** Single posts along the kerb. */
    private void posts(int side) {
        double facing = side < 0 ? 0 : StrictMath.PI;
        double lamps = 18 + 18 * random.nextDouble();
        for (double s = lamps * random.nextDouble(); s < END; s += lamps) {
            put(Lamps.any(random), s, side * edge(), facing);
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            put(Signs.any(random), END * random.nextDouble(), side * edge(), facing(side));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            put(Lamps.column(random), END * random.nextDouble(), side * edge(), facing);
        }
        if (random.nextDouble() < 0.3) {
            put(
                    Signs.trafficLight(random),
                    14 + 6 * random.nextDouble(),
                    side * edge(),
                    facing(side));
        }
        if (random.nextDouble() < 0.12) {
            double t = side * (street.kerb() + 0.8);
            put(Signs.directions(random), END * random.nextDouble(), t, facing(side));
        }
        if (random.nextDouble() < 0.35) {
            put(Clutter.any(random), END * random.nextDouble(), side * (edge() + 0.5), facing);
        }
        if (random.nextDouble() < 0.25) {
            double t = side * (street.front() - 0.5);
            put(Clutter.bicycles(random), END * random.nextDouble(), t, facing);
        }
    }

    /** What comes in rows: bollards, guard rails, trees. */
    private void rows(int side) {
        if (random.nextDouble() < 0.3) {
            SplittableRandom same = random.split();
            double first = 40 * random.nextDouble();
            double pitch = 1.2 + 1.2 * random.nextDouble();
            Thing bollard = Lamps.bollard(same);
            for (int i = random.nextInt(7) + 1; i > 0; i--) {
                put(bollard, first + pitch * i, side * (street.kerb() + 0.4), 0);
            }
        }
        if (random.nextDouble() < quarter.rails()) {
            double length = 5 + 12 * random.nextDouble();
            double middle = length / 2 + (END - length) * random.nextDouble();
            double t = side * (street.kerb() + 0.35);
            put(Enclosure.guardRail(length, random), middle, t, side * StrictMath.PI / 2);
        }
        for (double s = 4; s < END; s += 9) {
            if (street.front() - street.kerb() > 1.8 && random.nextDouble() < quarter.avenue()) {
                double size = 0.6 + 0.8 * random.nextDouble();
                Tree tree = Tree.any(size, quarter.winter(), random);
                put(tree, s + 2 * random.nextDouble(), side * (street.kerb() + 0.8), 0);
            }
        }
    }

    /** People who stand, and groups that stroll. */
    private void people(int side) {
        double room = Math.max(0.3, street.front() - street.kerb() - 1);
        for (int i = random.nextInt(1 + (int) (5 * quarter.people())); i > 0; i--) {
            double s = END * random.nextDouble();
            double t = street.kerb() + 0.6 + room * random.nextDouble();
            double turn = 6 * random.nextDouble();
            double pace = random.nextBoolean() ? 0 : 1.2;
            for (int j = random.nextInt(3); j >= 0; j--) {
                double apart = 0.6 * (random.nextDouble() - 0.5);
                put(Walker.any(pace, random), s + 0.55 * j, side * (t + apart), turn + apart);
            }
        }
    }

    /** What lies and moves on the road itself. */
    private void road() {
        double ours = street.ourLane();
        double width = 2 * street.kerb();
        double kind = random.nextDouble();
        double s = 12 + 24 * random.nextDouble();
        if (kind < 0.2) {
            put(Markings.zebra(width - 0.6, random), s, 0, 0);
            put(Markings.zigzag(random), s - 11, ours - 0.8, 0);
            put(Markings.zigzag(random), s - 11, -ours + 0.8, 0);
            put(Lamps.beacon(), s, -edge(), 0);
            put(Lamps.beacon(), s, edge(), 0);
            crossing(s);
        } else if (kind < 0.3) {
            put(Markings.box(width - 1, random), s, 0, 0);
        } else if (kind < 0.5) {
            put(Markings.stopLine(0.9 * street.kerb(), random), s, -street.kerb() / 2, 0);
            put(Signs.trafficLight(random), s + 1, -edge(), 0);
            put(Signs.trafficLight(random), s + 1, edge(), 0);
            crossing(s + 2);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            Thing letters =
                    random.nextBoolean() ? Markings.arrow(random) : Markings.letters(random);
            put(letters, END * random.nextDouble(), ours, 0);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            double t = 1.6 * street.kerb() * (random.nextDouble() - 0.5);
            put(Markings.manhole(random), END * random.nextDouble(), t, 0);
        }
        if (street.kerb() > 5.5 && random.nextDouble() < 0.15) {
            put(Signs.keepLeft(random), END * random.nextDouble(), 0, 0);
        }
    }

    private void crossing(double s) {
        for (int i = random.nextInt(3); i > 0; i--) {
            double t = 1.6 * street.kerb() * (random.nextDouble() - 0.5);
            double turn = (random.nextBoolean() ? 0.5 : -0.5) * StrictMath.PI;
            put(Walker.any(1.3, random), s + random.nextDouble(), t, turn);
        }
    }

    /** Somewhere near the kerb. */
    private double edge() {
        return street.kerb() + 0.3 + 0.4 * random.nextDouble();
    }

    /** Most signs are meant for those who come along on their side. */
    private double facing(int side) {
        boolean ours = side < 0 || random.nextDouble() < 0.4;
        return (ours ? 0 : StrictMath.PI) + 0.3 * (random.nextDouble() - 0.5);
    }

    /** Nothing stands in the mouth of a side street. */
    private void put(Thing thing, double along, double t, double turn) {
        double s = start + along;
        int side = t < 0 ? -1 : 1;
        if (Math.abs(t) < street.kerb() - 1.2 || !sideStreets.open(s, side)) {
            placements.add(new Placement(thing, s, t, turn));
        }
    }
}
