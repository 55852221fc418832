// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

/** Outlines of cars from the side: z ahead and y up of each corner in turn, in metres. */
enum CarShape {
    HATCHBACK(3.9, 1.7, 1.46, 0.1, 0.32),
    SALOON(4.5, 1.76, 1.42, 0.7, 0.6),
    ESTATE(4.5, 1.78, 1.54, 0.08, 0.3),
    VAN(4.9, 1.92, 2.1, 0.03, 0.06);

    /** Height where the body ends and the windows begin. */
    final double waist;

    final double length;
    final double width;

    /** Distance of both axles from the middle. */
    final double axle;

    /** From the rear bumper's foot up, over the bonnet, down to the foot of the front bumper. */
    final double[] body;

    /** From the foot of the rear window up, over the roof, down to the foot of the windscreen. */
    final double[] cabin;

    /**
     * @param boot from the rear end to the rear window's foot
     * @param rake by how much the rear window leans
     */
    CarShape(double length, double width, double height, double boot, double rake) {
        this.length = length;
        this.width = width;
        this.waist = 0.35 + 0.38 * height;
        this.axle = 0.3 * length;
        double end = length / 2;
        double cowl = 0.23 * length;
        this.body =
                new double[] {
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
        this.cabin =
                new double[] {
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
    }
}
