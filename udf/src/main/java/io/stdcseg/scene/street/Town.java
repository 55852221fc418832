// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Backdrop;
import io.stdcseg.scene.render.Light;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Vec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * An endless street and everything in it, by seed: the drive through it, and what is in sight of it
 * at any moment. Belongs to one thread.
 */
public final class Town {

    private static final double BEHIND = 8;
    private static final double SIGHT = 230;
    private static final double EYE = 1.35;

    private final long seed;
    private final Street street;
    private final Ground ground;
    private final Light light;
    private final double cloudiness;
    private final double speed;
    private final List<Traffic> traffic = new ArrayList<>();
    private final Map<Long, Block> blocks = new HashMap<>();

    public Town(long seed) {
        this.seed = seed;
        SplittableRandom random = Seeds.random(seed, -1);
        this.street = Street.random(random);
        this.ground = new Ground(street);
        Vec sun = new Vec(random.nextDouble() - 0.5, 0.7, random.nextDouble() - 0.7).unit();
        this.light = new Light(sun, 0.72, 0.4);
        this.cloudiness = 0.35 + 0.4 * random.nextDouble();
        this.speed = 6 + 3 * random.nextDouble();
        double bikes = street.kerb() - 2.45;
        double walk = street.kerb() + 1.2;
        file(Street.OTHER_LANE, -8.5, 34, 0.6, Car::new);
        file(-bikes, 4.6, 26, 0.7, Cyclist::random);
        file(bikes, -4.8, 60, 0.8, Cyclist::random);
        file(-walk, 1.3, 17, 0.9, r -> Walker.random(1.3, r));
        file(-walk - 0.7, -1.2, 23, 0.9, r -> Walker.random(1.2, r));
        file(walk, -1.35, 17, 0.9, r -> Walker.random(1.35, r));
        file(walk + 0.7, 1.25, 23, 0.9, r -> Walker.random(1.25, r));
        // Those in our lane keep our speed: the first drives a little ahead of us.
        traffic.add(new Traffic(seed + 99, Street.OUR_LANE, speed, 46, 0.2, Car::new));
    }

    private void file(double t, double pace, double spacing, double spread, Maker maker) {
        long own = seed * 31 + traffic.size();
        traffic.add(new Traffic(own, t, pace, spacing, spread, maker::make));
    }

    /** Light of the day. */
    public Light light() {
        return light;
    }

    /** Where the eye is, and which way it looks. */
    public Pose eye(double seconds) {
        double s = place(seconds);
        double sway = 0.15 * StrictMath.sin(0.7 * seconds);
        Pose here = street.pose(s, Street.OUR_LANE + sway);
        Vec target = street.pose(s + 18, Street.OUR_LANE).origin();
        double bounce =
                0.012 * StrictMath.sin(7.3 * seconds) + 0.01 * StrictMath.sin(11.1 * seconds);
        double pitch = 0.004 * StrictMath.sin(5.1 * seconds) + 0.012;
        return Pose.upright(here.at(0, EYE + bounce, 0), target.minus(here.origin())).tilted(pitch);
    }

    public Backdrop sky(double seconds) {
        return new Sky(cloudiness, seconds, seed % 1000);
    }

    /** Adds all that is in sight. */
    public void build(Mesh mesh, double seconds) {
        double from = place(seconds) - BEHIND;
        double to = from + BEHIND + SIGHT;
        // Near things first: what lies behind them need not be looked at.
        List<Placement> all = inSight(from, to, seconds);
        all.sort(Comparator.comparingDouble(Placement::s));
        for (Placement placement : all) {
            Pose pose = street.pose(placement.s(), placement.t()).turned(placement.turn());
            placement.thing().build(mesh, pose, seconds);
        }
        ground.build(mesh, from, to);
    }

    private List<Placement> inSight(double from, double to, double seconds) {
        List<Placement> all = new ArrayList<>();
        long first = (long) Math.floor(from / Block.LENGTH);
        long last = (long) Math.floor(to / Block.LENGTH);
        blocks.keySet().removeIf(number -> number < first || number > last);
        for (long number = first; number <= last; number++) {
            all.addAll(
                    blocks.computeIfAbsent(number, n -> new Block(street, n, Seeds.random(seed, n)))
                            .placements());
        }
        for (Traffic file : traffic) {
            all.addAll(file.between(from, to, seconds));
        }
        return all;
    }

    /** Metres along the street; the car goes now a little faster, now slower. */
    private double place(double seconds) {
        return 20 + speed * seconds + 1.5 * StrictMath.sin(0.5 * seconds);
    }

    @FunctionalInterface
    private interface Maker {
        Thing make(SplittableRandom random);
    }
}
