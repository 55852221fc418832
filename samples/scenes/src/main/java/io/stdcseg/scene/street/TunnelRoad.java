// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.furniture.RoadGear;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.street.Town.Placement;
import io.stdcseg.scene.thing.Thing;
import io.stdcseg.scene.vehicle.Bus;
import io.stdcseg.scene.vehicle.Car;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Rules of a road that runs through tunnels, with daylight between them. */
final class TunnelRoad {

    /** Of so many blocks all but one lie in a tunnel. */
    private static final int PERIOD = 6;

    private static final double END = Town.BLOCK;

    private final long seed;
    private final SplittableRandom random;
    private final Street street;
    private final TunnelTube tube;

    private TunnelRoad(long seed) {
        this.seed = seed;
        this.random = Seeds.random(seed, -1);
        this.street = Street.tunnel(random);
        this.tube = TunnelTube.any(street, random);
    }

    static Town make(long seed, Weather weather) {
        return new TunnelRoad(seed).make(weather);
    }

    /** Whether a place along the road lies in a tunnel. */
    static boolean covered(double s) {
        return Math.floorMod((long) Math.floor(s / END), PERIOD) < PERIOD - 1;
    }

    private Town make(Weather weather) {
        double speed = 6 + 10 * random.nextDouble();
        double other = random.nextBoolean() ? speed : -speed;
        List<Traffic> traffic =
                List.of(stream(1, street.ourLane(), speed), stream(2, street.otherLane(), other));
        Material asphalt = Asphalt.any(weather.soaked(0), random);
        Material road = RoadLines.any(street, random).on(asphalt);
        return new Town(
                street,
                Ground.tunnel(street, road, random),
                weather,
                1000 * random.nextDouble(),
                speed,
                9,
                traffic,
                this::block);
    }

    private Traffic stream(int number, double t, double pace) {
        double spacing = 16 + 50 * random.nextDouble();
        Function<SplittableRandom, Thing> vehicle =
                r -> r.nextDouble() < 0.15 ? Bus.any(r) : Car.any(r);
        return new Traffic(seed * 31 + number, t, pace, spacing, 0.4, vehicle);
    }

    private List<Placement> block(long number) {
        double start = number * END;
        SplittableRandom own = Seeds.random(seed, number);
        List<Placement> all = new ArrayList<>();
        if (!covered(start)) {
            for (double s = RoadGear.RAIL / 2; s < END; s += RoadGear.RAIL) {
                double t = street.front() - 0.2;
                all.add(new Placement(RoadGear.crashBarrier(seed), start + s, -t, 0));
                all.add(new Placement(RoadGear.crashBarrier(seed), start + s, t, 0));
            }
            return all;
        }
        Thing piece = (mesh, pose, seconds) -> tube.build(mesh, start, start + END);
        all.add(new Placement(piece, start, 0, 0));
        if (!covered(start - 1)) {
            Thing portal = (mesh, pose, seconds) -> tube.portal(mesh, start);
            all.add(new Placement(portal, start, 0, 0));
        }
        if (own.nextDouble() < 0.2) {
            Thing sign = RoadGear.hung(tube.height() - 0.15, 0.7 * street.kerb(), own);
            all.add(new Placement(sign, start + 20, 0, 0));
        }
        return all;
    }
}
