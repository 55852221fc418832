// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.building.PlainHouse;
import io.stdcseg.scene.furniture.PlainFurniture;
import io.stdcseg.scene.people.Walker;
import io.stdcseg.scene.plant.Garden;
import io.stdcseg.scene.plant.Tree;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.street.Town.Placement;
import io.stdcseg.scene.thing.Thing;
import io.stdcseg.scene.vehicle.Car;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Block of the sample clip's street: a stretch of it and all that stands in it, made from its own
 * random numbers: any block can be made without those before it.
 */
final class PlainBlock {

    private static final double LENGTH = Town.BLOCK;

    private static final double SLOT = 6;

    /** Distance of the middle of parked cars from the kerb. */
    private static final double PARKING = 1.05;

    private final List<Placement> placements = new ArrayList<>();
    private final Street street;
    private final SplittableRandom random;
    private final double start;

    PlainBlock(Street street, long number, SplittableRandom random) {
        this.street = street;
        this.random = random;
        this.start = number * LENGTH;
        for (int side = -1; side <= 1; side += 2) {
            fronts(side);
            parking(side);
            furniture(side);
        }
    }

    List<Placement> placements() {
        return placements;
    }

    private void fronts(int side) {
        double s = 0;
        while (s < LENGTH) {
            double width = 7 + 8 * random.nextDouble();
            if (LENGTH - s - width < 7) {
                width = LENGTH - s;
            }
            double middle = s + width / 2;
            if (random.nextDouble() < 0.58) {
                double setback = random.nextDouble() < 0.2 ? 0.6 * random.nextDouble() : 0;
                put(
                        new PlainHouse(width, random),
                        middle,
                        side * (street.front() + setback),
                        side * StrictMath.PI / 2);
                if (random.nextDouble() < 0.4) {
                    int color =
                            Rgb.of(
                                    60 + random.nextInt(140),
                                    60 + random.nextInt(80),
                                    50 + random.nextInt(80));
                    put(
                            PlainFurniture.shopSign(color),
                            middle,
                            side * street.front(),
                            side < 0 ? 0 : StrictMath.PI);
                }
            } else {
                put(
                        new Garden(width, random),
                        middle,
                        side * street.front(),
                        side * StrictMath.PI / 2);
                trees(side, s, width);
            }
            s += width;
        }
    }

    private void trees(int side, double s, double width) {
        for (double at = 2.5; at < width; at += 4 + 3 * random.nextDouble()) {
            double behind = street.front() + 3.2 + 3 * random.nextDouble();
            put(Tree.plain(random), s + at, side * behind, 0);
            put(Tree.plain(random), s + at + 2, side * (behind + 7), 0);
        }
        put(
                new PlainHouse(width + 6, random),
                s + width / 2,
                side * (street.front() + 17),
                side * StrictMath.PI / 2);
    }

    private void parking(int side) {
        double chance = random.nextDouble() < 0.4 ? 0.65 : 0.06;
        for (double s = SLOT / 2; s < LENGTH; s += SLOT) {
            if (random.nextDouble() < chance) {
                double t = side * (street.kerb() - PARKING + 0.15 * random.nextDouble());
                double turn = side > 0 && random.nextDouble() < 0.7 ? StrictMath.PI : 0;
                put(
                        Car.plain(random),
                        s + 0.6 * random.nextDouble(),
                        t,
                        turn + 0.04 * (random.nextDouble() - 0.5));
            }
        }
    }

    private void furniture(int side) {
        double edge = side * (street.kerb() + 0.45);
        double facing = side < 0 ? 0 : StrictMath.PI;
        for (double s = side < 0 ? 4 : 16; s < LENGTH; s += 24) {
            put(PlainFurniture.lamp(6 + 2 * random.nextDouble()), s, edge, facing);
        }
        put(PlainFurniture.sign(random.nextInt(3)), 8 + 12 * random.nextDouble(), edge, facing);
        put(PlainFurniture.sign(random.nextInt(3)), 30 + 14 * random.nextDouble(), edge, facing);
        if (random.nextDouble() < 0.4) {
            put(PlainFurniture.trafficLight(random.nextDouble()), 24, edge, facing);
        }
        if (random.nextDouble() < 0.4) {
            for (int i = 0; i < 5; i++) {
                put(PlainFurniture.bollard(), 33 + 1.5 * i, edge, facing);
            }
        }
        if (random.nextDouble() < 0.35) {
            put(Tree.plain(random), 20 + random.nextDouble(), side * (street.kerb() + 0.8), 0);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            double t =
                    side
                            * (street.kerb()
                                    + 0.9
                                    + (street.front() - street.kerb() - 1.4) * random.nextDouble());
            put(Walker.plain(0, random), LENGTH * random.nextDouble(), t, 6 * random.nextDouble());
        }
    }

    private void put(Thing thing, double along, double t, double turn) {
        placements.add(new Placement(thing, start + along, t, turn));
    }
}
