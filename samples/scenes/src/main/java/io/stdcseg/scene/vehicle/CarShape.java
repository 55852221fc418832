// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.vehicle;

import io.stdcseg.scene.render.Paint;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Shape of a car: its outline from the side, z ahead and y up of each corner in turn, in metres.
 */
final class CarShape {

    /** A hatchback, a saloon, an estate and a van, in few corners. */
    static final List<CarShape> PLAIN =
            List.of(
                    new CarShape(3.9, 1.7, 1.46, 0.1, 0.32, false, false),
                    new CarShape(4.5, 1.76, 1.42, 0.7, 0.6, false, false),
                    new CarShape(4.5, 1.78, 1.54, 0.08, 0.3, false, false),
                    new CarShape(4.9, 1.92, 2.1, 0.03, 0.06, true, false));

    /** Metres by which rounded corners are cut along each edge. */
    private static final double CUT = 0.14;

    /** Height where the body ends and the windows begin. */
    final double waist;

    final double length;
    final double height;
    final double width;

    /** Distance of both axles from the middle. */
    final double axle;

    /** Whether it has metal instead of rear windows, as vans have. */
    final boolean panels;

    private final boolean rounded;

    /** From the rear bumper's foot up, over the bonnet, down to the foot of the front bumper. */
    final double[] body;

    /** From the foot of the rear window up, over the roof, down to the foot of the windscreen. */
    final double[] cabin;

    /**
     * @param boot from the rear end to the rear window's foot
     * @param rake by how much the rear window leans
     * @param rounded whether its corners are cut
     */
    private CarShape(
            double length,
            double width,
            double height,
            double boot,
            double rake,
            boolean panels,
            boolean rounded) {
        this.rounded = rounded;
        this.panels = panels;
        this.length = length;
        this.width = width;
        this.height = height;
        this.waist = 0.35 + 0.38 * height;
        this.axle = 0.3 * length;
        double end = length / 2;
        double cowl = 0.23 * length;
        double[] lower = {
            -end + 0.04,
            0.27,
            -end,
            0.52,
            -end + 0.06,
            waist + 0.02,
            cowl,
            waist + 0.03,
            0.5 * (cowl + end),
            waist - 0.03,
            end - 0.12,
            waist - 0.15,
            end,
            0.52,
            end - 0.04,
            0.25
        };
        double tail = boot - end;
        double front = cowl - 0.95 + 0.15 * height;
        double[] upper = {
            tail,
            waist,
            tail + rake,
            height - 0.1,
            tail + rake + 0.25,
            height,
            front - 0.35,
            height + 0.01,
            front,
            height - 0.07,
            cowl,
            waist
        };
        this.body = rounded ? rounded(lower) : lower;
        this.cabin = rounded ? rounded(upper) : upper;
    }

    /** Any make of car or van. */
    static CarShape any(SplittableRandom random) {
        double kind = random.nextDouble();
        double more = random.nextDouble();
        if (kind < 0.15) {
            return new CarShape(
                    4.4 + 1.4 * more,
                    1.95,
                    1.8 + 0.7 * random.nextDouble(),
                    0.03,
                    0.06,
                    true,
                    true);
        }
        boolean saloon = kind < 0.4;
        return new CarShape(
                (saloon ? 4.2 : 3.5) + more,
                1.65 + 0.2 * random.nextDouble(),
                1.38 + 0.4 * random.nextDouble() * random.nextDouble(),
                saloon ? 0.5 + 0.4 * random.nextDouble() : 0.06,
                0.15 + 0.5 * random.nextDouble(),
                false,
                true);
    }

    /** The paint of each edge of an outline, where {@code paints} has one for each sharp edge. */
    Paint[] edges(Paint... paints) {
        if (!rounded) {
            return paints;
        }
        List<Paint> all = new ArrayList<>();
        for (int i = 0; i < paints.length - 1; i++) {
            all.add(paints[i]);
            if (i < paints.length - 2) {
                all.add(paints[i]);
            }
        }
        all.add(paints[paints.length - 1]);
        return all.toArray(Paint[]::new);
    }

    /** Cuts all corners but the first and the last, between which there is no edge to be seen. */
    private static double[] rounded(double[] outline) {
        int n = outline.length / 2;
        double[] round = new double[2 * (2 * n - 2)];
        int at = 0;
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                at = put(outline, i, i == n - 1 ? i : i - 1, round, at);
            }
            if (i < n - 1) {
                at = put(outline, i, i == 0 ? i : i + 1, round, at);
            }
        }
        return round;
    }

    /** The corner, or the point of the edge to {@code other} where its cut begins. */
    private static int put(double[] outline, int corner, int other, double[] round, int at) {
        double z = outline[2 * corner];
        double y = outline[2 * corner + 1];
        double dz = outline[2 * other] - z;
        double dy = outline[2 * other + 1] - y;
        double length = Math.max(1e-9, Math.sqrt(dz * dz + dy * dy));
        double share = Math.min(0.3, CUT / length);
        round[at] = z + share * dz;
        round[at + 1] = y + share * dy;
        return at + 2;
    }
}
