// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Vec;
import java.util.SplittableRandom;

/**
 * The line that the street follows, gently curved, and how it is divided across.
 *
 * @param kerb distance of both kerbs from the centre line, in metres
 * @param front distance of walls and fences from the centre line
 * @param bend largest departure of the line from straight ahead
 * @param phase where in its curve the street starts
 */
public record Street(double kerb, double front, double bend, double phase) {

    /** Height of the pavement above the road. */
    static final double STEP = 0.12;

    /** Middle of the lane on our side, of the lane coming towards us, and of the parked cars. */
    static final double OUR_LANE = -1.25;

    static final double OTHER_LANE = 1.35;
    static final double PARKING = 1.05;

    private static final double CURVE = 48;

    static Street random(SplittableRandom random) {
        double kerb = 5.0 + 0.4 * random.nextDouble();
        return new Street(
                kerb,
                kerb + 2.9 + 1.2 * random.nextDouble(),
                2 + 3 * random.nextDouble(),
                6 * random.nextDouble());
    }

    /** Standing in the street and looking along it; on the pavement beyond the kerbs. */
    public Pose pose(double s, double t) {
        double angle = s / CURVE + phase;
        Vec centre = new Vec(bend * StrictMath.sin(angle), Math.abs(t) > kerb ? STEP : 0, s);
        Vec ahead = new Vec(bend / CURVE * StrictMath.cos(angle), 0, 1);
        return Pose.upright(centre, ahead).moved(t, 0, 0);
    }
}
