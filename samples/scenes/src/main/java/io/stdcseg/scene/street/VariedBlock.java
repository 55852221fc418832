// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.building.Church;
import io.stdcseg.scene.building.Enclosure;
import io.stdcseg.scene.building.Hall;
import io.stdcseg.scene.building.House;
import io.stdcseg.scene.building.Scaffold;
import io.stdcseg.scene.furniture.Signs;
import io.stdcseg.scene.plant.Shrub;
import io.stdcseg.scene.plant.Tree;
import io.stdcseg.scene.street.Town.Placement;
import io.stdcseg.scene.thing.Thing;
import io.stdcseg.scene.vehicle.Car;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Block of any street: a stretch of it and what is built and grows beside it. {@link Kerbside} puts
 * the rest there.
 */
final class VariedBlock {

    private static final double END = Town.BLOCK;

    private final List<Placement> placements = new ArrayList<>();
    private final Street street;
    private final Quarter quarter;
    private final SplittableRandom random;
    private final double start;

    VariedBlock(
            Street street,
            SideStreets sideStreets,
            Quarter quarter,
            long number,
            SplittableRandom random) {
        this.street = street;
        this.quarter = quarter;
        this.random = random;
        this.start = number * Town.BLOCK;
        for (int side = -1; side <= 1; side += 2) {
            if (sideStreets.open(start + SideStreets.OFFSET, side)) {
                lots(side, 0, SideStreets.OFFSET);
                lots(side, SideStreets.OFFSET + SideStreets.WIDTH, END);
                double middle = SideStreets.OFFSET + SideStreets.WIDTH / 2;
                facing(House.terraced(16, false, random), middle, side, street.front() + 40);
                mouth(side, middle);
            } else {
                lots(side, 0, END);
            }
        }
    }

    List<Placement> placements() {
        return placements;
    }

    /** Somebody waits in the side street, or turns out of it. */
    private void mouth(int side, double middle) {
        double turn = -side * StrictMath.PI / 2;
        if (random.nextDouble() < 0.35) {
            put(Car.any(random), middle - 1.6, side * (street.front() + 2), turn);
        } else if (random.nextDouble() < 0.2) {
            double t = 0.5 * street.kerb() + 4 * random.nextDouble();
            put(Car.any(random), middle - 1.6, t, turn + 0.8 * (random.nextDouble() - 0.5));
        }
    }

    private void lots(int side, double from, double to) {
        double s = from;
        while (s < to) {
            double width = 5 + 11 * random.nextDouble();
            if (to - s - width < 5) {
                width = to - s;
            }
            lot(side, s + width / 2, width);
            s += width;
        }
    }

    private void lot(int side, double middle, double width) {
        double front = street.front() + quarter.setback() * random.nextDouble();
        if (random.nextDouble() < quarter.gaps()) {
            double kind = random.nextDouble();
            if (kind < 0.12) {
                carPark(side, middle, width);
            } else if (kind < 0.2) {
                facing(Enclosure.hoarding(width, random), middle, side, street.front());
                facing(House.office(width, false, random), middle, side, street.front() + 4);
            } else {
                garden(side, middle, width);
            }
        } else if (random.nextDouble() < quarter.offices()) {
            facing(House.office(width, shop(), random), middle, side, front);
        } else if (random.nextDouble() < 0.06) {
            facing(Hall.any(width, random), middle, side, front + 2);
        } else if (random.nextDouble() < 0.05) {
            facing(Church.any(width, random), middle, side, front + 1);
        } else {
            facing(House.terraced(width, shop(), random), middle, side, front);
        }
        if (front - street.front() < 1 && random.nextDouble() < 0.04) {
            facing(Scaffold.any(width, random), middle, side, street.front());
        }
        if (front > street.front() + 1.5) {
            forecourt(side, middle, width, front);
        }
        if (random.nextDouble() < 0.7 * quarter.shops()) {
            double at = middle + width * (random.nextDouble() - 0.5);
            double turn = side < 0 ? 0 : StrictMath.PI;
            put(Signs.hanging(random), at, side * street.front(), turn);
        }
    }

    /** What lies between the pavement and a house that stands back. */
    private void forecourt(int side, double middle, double width, double front) {
        if (random.nextBoolean()) {
            facing(Enclosure.any(width, random), middle, side, street.front());
        }
        double height = 0.6 + random.nextDouble();
        facing(Shrub.hedge(width, height, random), middle, side, front - 1);
        if (front > street.front() + 5 && random.nextDouble() < 0.6) {
            put(tree(), middle, side * (street.front() + 3), 0);
        }
    }

    private boolean shop() {
        return random.nextDouble() < quarter.shops();
    }

    /** Trees and bushes behind a fence or a wall, and a house far behind or none. */
    private void garden(int side, double middle, double width) {
        double front = street.front();
        facing(Enclosure.any(width, random), middle, side, front);
        if (random.nextDouble() < 0.5) {
            double height = 0.7 + 1.4 * random.nextDouble();
            facing(Shrub.hedge(width, height, random), middle, side, front + 1.2);
        }
        double density = 3 + 6 * random.nextDouble();
        for (double s = -width / 2; s < width / 2; s += density) {
            double behind = front + 2 + 5 * random.nextDouble();
            put(tree(), middle + s, side * behind, 0);
            put(tree(), middle + s + 2, side * (behind + 7), 0);
        }
        if (random.nextDouble() < 0.6) {
            double far = front + 12 + 12 * random.nextDouble();
            facing(House.terraced(width, false, random), middle, side, far);
        }
    }

    private Thing tree() {
        return random.nextDouble() < 0.15
                ? Shrub.conifer(random)
                : Tree.any(0.8 + 0.9 * random.nextDouble(), quarter.winter(), random);
    }

    /** Two rows of cars before a shed. */
    private void carPark(int side, double middle, double width) {
        double front = street.front();
        if (random.nextBoolean()) {
            facing(Enclosure.guardRail(width, random), middle, side, front);
        }
        for (int row = 0; row < 3; row++) {
            for (double s = 1.5 - width / 2; s < width / 2 - 1; s += 2.6) {
                if (random.nextDouble() < 0.75) {
                    facing(Car.any(random), middle + s, side, front + 4 + 9 * row);
                }
            }
        }
        facing(Hall.any(width, random), middle, side, front + 30);
    }

    /** Puts something that looks away from the street. */
    private void facing(Thing thing, double along, int side, double t) {
        put(thing, along, side * t, side * StrictMath.PI / 2);
    }

    private void put(Thing thing, double along, double t, double turn) {
        placements.add(new Placement(thing, start + along, t, turn));
    }
}
