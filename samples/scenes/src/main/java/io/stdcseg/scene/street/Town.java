// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Backdrop;
import io.stdcseg.scene.render.Light;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.Thing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Town: an endless street and everything in it, the drive through it, and what is in sight of it at
 * any moment. Belongs to one thread.
 */
public final class Town {

    /** Metres of street that the numbered plans of a town divide it into. */
    static final double BLOCK = 48;

    private static final double BEHIND = 8;
    private static final double SIGHT = 230;
    private static final double EYE = 1.35;

    private final Street street;
    private final Ground ground;
    private final Weather weather;
    private final double shift;
    private final double speed;
    private final double clear;
    private final List<Traffic> traffic;
    private final LongFunction<List<Placement>> plan;
    private final Map<Long, List<Placement>> blocks = new HashMap<>();

    /**
     * Placement of a thing in the street.
     *
     * @param s metres along the street
     * @param t metres to the right of its centre line
     * @param turn radians to the right, from facing along the street
     */
    record Placement(Thing thing, double s, double t, double turn) {}

    /**
     * @param shift makes each sky its own
     * @param speed of the drive, in metres per second
     * @param clear metres before and behind the eye that traffic leaves free
     * @param plan what stands in a block, by its number
     */
    Town(
            Street street,
            Ground ground,
            Weather weather,
            double shift,
            double speed,
            double clear,
            List<Traffic> traffic,
            LongFunction<List<Placement>> plan) {
        this.street = street;
        this.ground = ground;
        this.weather = weather;
        this.shift = shift;
        this.speed = speed;
        this.clear = clear;
        this.traffic = traffic;
        this.plan = plan;
    }

    /** The street of the sample clip, or one like it: built by the same rules. */
    public static Town plain(long seed) {
        return PlainTown.make(seed);
    }

    /** Any street. */
    public static Town varied(long seed) {
        return VariedTown.make(seed);
    }

    /** Light of the day. */
    public Light light() {
        return weather.light();
    }

    /** Where the eye is, and which way it looks. */
    public Pose eye(double seconds) {
        double s = place(seconds);
        double sway = 0.15 * StrictMath.sin(0.7 * seconds);
        Pose here = street.pose(s, street.ourLane() + sway);
        Vec target = street.pose(s + 18, street.ourLane()).origin();
        double bounce =
                0.012 * StrictMath.sin(7.3 * seconds) + 0.01 * StrictMath.sin(11.1 * seconds);
        double pitch = 0.004 * StrictMath.sin(5.1 * seconds) + 0.012;
        return Pose.upright(here.at(0, EYE + bounce, 0), target.minus(here.origin())).tilted(pitch);
    }

    /** The sky at a moment. */
    public Backdrop sky(double seconds) {
        return new Sky(weather, seconds, shift);
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
        long first = (long) Math.floor(from / BLOCK);
        long last = (long) Math.floor(to / BLOCK);
        blocks.keySet().removeIf(number -> number < first || number > last);
        for (long number = first; number <= last; number++) {
            all.addAll(blocks.computeIfAbsent(number, plan::apply));
        }
        for (Traffic stream : traffic) {
            List<Placement> moving = stream.between(from, to, seconds);
            moving.removeIf(placement -> inOurWay(placement, seconds));
            all.addAll(moving);
        }
        return all;
    }

    private boolean inOurWay(Placement placement, double seconds) {
        return Math.abs(placement.s() - place(seconds)) < clear
                && Math.abs(placement.t() - street.ourLane()) < 1.9;
    }

    /** Metres along the street; the car goes now a little faster, now slower. */
    private double place(double seconds) {
        return 20 + speed * seconds + 1.5 * StrictMath.sin(0.5 * seconds);
    }
}
