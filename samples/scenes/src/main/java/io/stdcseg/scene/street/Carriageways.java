// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import java.util.SplittableRandom;

/**
 * Carriageways of a road with several lanes each way, and their lines.
 *
 * @param lanes each way
 * @param lane width of one, in metres
 * @param median half the width of what parts the two ways
 * @param shoulder width between the outer lane and the verge
 * @param period metres from one stroke of a lane's line to the next
 * @param stroke length of a stroke
 * @param edge colour of the inner edge lines
 * @param fresh how well paint has kept, 0 to 1
 */
record Carriageways(
        int lanes,
        double lane,
        double median,
        double shoulder,
        double period,
        double stroke,
        int edge,
        double fresh) {

    private static final int WHITE = Rgb.of(216, 216, 210);
    private static final int YELLOW = Rgb.of(200, 164, 60);

    static Carriageways any(SplittableRandom random) {
        double period = random.nextBoolean() ? 9 : 12 + 6 * random.nextDouble();
        return new Carriageways(
                2 + random.nextInt(3),
                3.3 + 0.5 * random.nextDouble(),
                0.6 + 1.6 * random.nextDouble(),
                random.nextDouble() < 0.7 ? 2 + 1.5 * random.nextDouble() : 0.6,
                period,
                period * (0.2 + 0.3 * random.nextDouble()),
                random.nextDouble() < 0.25 ? YELLOW : WHITE,
                0.5 + 0.5 * random.nextDouble());
    }

    /** Distance of the verges from the middle. */
    double verge() {
        return median + 0.5 + lanes * lane + shoulder;
    }

    /** Distance of a lane's middle from the road's; lane 0 is the innermost. */
    double middle(int number) {
        return median + 0.5 + (number + 0.5) * lane;
    }

    /** A road with its lines: u from the middle, v along it. */
    Material on(Material asphalt) {
        return at -> over(asphalt.color(at), at);
    }

    private int over(int asphalt, Fragment at) {
        double inner = median + 0.5;
        double outer = inner + lanes * lane;
        double broken = 0;
        for (int i = 1; i < lanes; i++) {
            broken += line(at, inner + i * lane - 0.07, 0.14);
        }
        double white = broken * at.stripesV(period, stroke) + line(at, outer, 0.2);
        double inside = line(at, inner - 0.2, 0.2);
        if (white + inside == 0) {
            return asphalt;
        }
        double worn = fresh + 0.5 * Noise.hills(at.u(), at.v(), 0.6, 0.05, at.pixel());
        return Rgb.mix(Rgb.mix(asphalt, WHITE, white * worn), edge, inside * worn);
    }

    /** A line on each side. */
    private static double line(Fragment at, double from, double width) {
        return at.betweenU(from, from + width) + at.betweenU(-from - width, -from);
    }
}
