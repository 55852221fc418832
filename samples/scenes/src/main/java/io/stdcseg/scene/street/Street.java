// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Vec;
import java.util.SplittableRandom;

/**
 * Street: the gently curved line that it follows, and how it is divided across.
 *
 * @param kerb distance of both kerbs from the centre line, in metres
 * @param front distance of walls and fences from the centre line
 * @param bend largest departure of the line from straight ahead
 * @param curve metres along the street over which it bends by one radian of its wave
 * @param phase where in its curve the street starts
 * @param ourLane middle of the lane on our side, right of the centre line
 * @param otherLane middle of the lane of those who come towards us
 */
record Street(
        double kerb,
        double front,
        double bend,
        double curve,
        double phase,
        double ourLane,
        double otherLane) {

    /** Height of the pavement above the road. */
    static final double STEP = 0.12;

    /** The sample clip's street, or one like it. */
    static Street plain(SplittableRandom random) {
        double kerb = 5.0 + 0.4 * random.nextDouble();
        return new Street(
                kerb,
                kerb + 2.9 + 1.2 * random.nextDouble(),
                2 + 3 * random.nextDouble(),
                48,
                6 * random.nextDouble(),
                -1.25,
                1.35);
    }

    /** From an alley to an arterial road, straight or winding. */
    static Street any(SplittableRandom random) {
        double kerb = 3.2 + 3.6 * random.nextDouble();
        double curve = 30 + 90 * random.nextDouble();
        double lane = Math.min(3.2, 0.42 * kerb);
        return new Street(
                kerb,
                kerb + 1.5 + 4 * random.nextDouble(),
                0.18 * curve * random.nextDouble(),
                curve,
                6 * random.nextDouble(),
                -lane,
                lane);
    }

    /** A road of fast curves. */
    static Street wide(double kerb, double verge, double ourLane, SplittableRandom random) {
        double curve = 120 + 200 * random.nextDouble();
        return new Street(
                kerb,
                kerb + verge,
                0.1 * curve * random.nextDouble(),
                curve,
                6 * random.nextDouble(),
                ourLane,
                -ourLane);
    }

    /** Two lanes between two walls. */
    static Street tunnel(SplittableRandom random) {
        double kerb = 3.6 + 2.4 * random.nextDouble();
        double walk = 0.6 + 0.8 * random.nextDouble();
        double lane = 0.45 * kerb;
        return wide(kerb, walk, random.nextBoolean() ? -lane : lane, random);
    }

    /** Standing in the street and looking along it; on the pavement beyond the kerbs. */
    Pose pose(double s, double t) {
        double angle = s / curve + phase;
        Vec centre = new Vec(bend * StrictMath.sin(angle), Math.abs(t) > kerb ? STEP : 0, s);
        Vec ahead = new Vec(bend / curve * StrictMath.cos(angle), 0, 1);
        return Pose.upright(centre, ahead).moved(t, 0, 0);
    }
}
