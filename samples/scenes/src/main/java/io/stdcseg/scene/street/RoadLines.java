// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import java.util.SplittableRandom;

/**
 * Lines that run along a road.
 *
 * @param period metres from one stroke of the middle line to the next
 * @param stroke length of a stroke; the period's for a line without gaps, 0 for none
 * @param doubled whether the middle line is double
 * @param middle colour of the middle line
 * @param edges lines along each kerb: 0, 1 or 2
 * @param edge their colour
 * @param lane distance of a white line from the centre, as of lanes and bays; 0 for none
 * @param bays length of the parking bays between that line and the kerb, 0 for no marks
 * @param cycle width of the coloured cycle lane along each kerb; 0 for none
 * @param cycleColor colour of its surface
 * @param kerb distance of the kerbs from the centre
 * @param fresh how well paint has kept, 0 to 1
 */
record RoadLines(
        double period,
        double stroke,
        boolean doubled,
        int middle,
        int edges,
        int edge,
        double lane,
        double bays,
        double cycle,
        int cycleColor,
        double kerb,
        double fresh) {

    private static final int WHITE = Rgb.of(214, 214, 208);
    private static final int YELLOW = Rgb.of(186, 158, 70);

    private static final int[] CYCLE = {
        Rgb.of(112, 62, 58), Rgb.of(64, 88, 68), Rgb.of(62, 88, 132), Rgb.of(150, 76, 60)
    };

    static RoadLines any(Street street, SplittableRandom random) {
        double kerb = street.kerb();
        double period = random.nextBoolean() ? 6 : 9;
        double solid = random.nextDouble();
        boolean wide = kerb > 4.6;
        return new RoadLines(
                period,
                solid < 0.15
                        ? 0
                        : solid < 0.25 ? period : period * (0.4 + 0.3 * random.nextDouble()),
                random.nextDouble() < 0.15,
                WHITE,
                random.nextInt(3),
                YELLOW,
                wide && random.nextDouble() < 0.4 ? kerb - 1.4 - 0.8 * random.nextDouble() : 0,
                0,
                wide && random.nextDouble() < 0.15 ? 1.4 : 0,
                random.nextBoolean() ? Rgb.of(112, 62, 58) : Rgb.of(64, 88, 68),
                kerb,
                0.45 + 0.55 * random.nextDouble());
    }

    /** The lines of any country: white or yellow, fresh or all but gone, with bays or without. */
    static RoadLines foreign(Street street, SplittableRandom random) {
        RoadLines any = any(street, random);
        boolean parking = street.kerb() > 4.2 && random.nextDouble() < 0.4;
        double lane = parking ? street.kerb() - 2 - 0.4 * random.nextDouble() : any.lane;
        return new RoadLines(
                any.period,
                any.stroke,
                random.nextDouble() < 0.35,
                random.nextDouble() < 0.3 ? YELLOW : WHITE,
                any.edges,
                random.nextDouble() < 0.7 ? WHITE : YELLOW,
                lane,
                parking ? 5 + 1.2 * random.nextDouble() : 0,
                parking || random.nextDouble() < 0.7 ? 0 : 1.2 + 0.8 * random.nextDouble(),
                CYCLE[random.nextInt(CYCLE.length)],
                any.kerb,
                0.1 + 0.9 * random.nextDouble());
    }

    /** A road with its lines: u from the centre line, v along it. */
    Material on(Material asphalt) {
        return at -> over(asphalt.color(at), at);
    }

    private int over(int asphalt, Fragment at) {
        double across = Math.abs(at.u());
        int color = asphalt;
        if (cycle > 0 && across > kerb - cycle) {
            color = Rgb.mix(color, cycleColor, 0.7);
        }
        double centre = middle(at);
        double white = lanes(at);
        double along = edges(at);
        if (centre + white + along == 0) {
            return color;
        }
        double worn = fresh + 0.6 * Noise.hills(at.u(), at.v(), 0.5, 0.04, at.pixel());
        if (middle != WHITE) {
            color = Rgb.mix(color, middle, centre * worn);
            centre = 0;
        }
        return Rgb.mix(Rgb.mix(color, WHITE, (centre + white) * worn), edge, along * worn);
    }

    private double middle(Fragment at) {
        double half = doubled ? 0.17 : 0.06;
        double share = at.betweenU(-half, half) - (doubled ? at.betweenU(-0.07, 0.07) : 0);
        double strokes = stroke == 0 ? 0 : stroke == period ? 1 : at.stripesV(period, stroke);
        return share * strokes;
    }

    private double lanes(Fragment at) {
        double white = lane > 0 ? line(at, lane, 0.1) * at.stripesV(2, 1.1) : 0;
        if (bays > 0 && Math.abs(at.u()) > lane) {
            white += at.stripesV(bays, 0.1);
        }
        if (cycle > 0) {
            white += line(at, kerb - cycle, 0.1);
        }
        return white;
    }

    private double edges(Fragment at) {
        double along = edges > 0 ? line(at, kerb - 0.3, 0.08) : 0;
        return edges > 1 ? along + line(at, kerb - 0.5, 0.08) : along;
    }

    /** A line on each side. */
    private static double line(Fragment at, double from, double width) {
        return at.betweenU(from, from + width) + at.betweenU(-from - width, -from);
    }
}
