// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

/** Outlines of cars from the side: z ahead and y up of each corner, in metres. */
enum CarShape {
    HATCHBACK(
            1.7,
            0.92,
            new double[] {
                -1.85, 0.28, -1.9, 0.62, -1.82, 0.95, 1.0, 0.95, 1.8, 0.74, 1.92, 0.5, 1.88, 0.26
            },
            new double[] {-1.78, 0.92, -1.4, 1.44, 0.1, 1.46, 0.98, 0.92}),
    SALOON(
            1.75,
            0.9,
            new double[] {
                -2.15, 0.28, -2.2, 0.62, -2.12, 0.92, 1.1, 0.92, 2.05, 0.74, 2.2, 0.5, 2.16, 0.26
            },
            new double[] {-1.55, 0.9, -1.0, 1.4, 0.15, 1.42, 1.1, 0.9}),
    ESTATE(
            1.78,
            0.96,
            new double[] {
                -2.2, 0.3, -2.26, 0.65, -2.2, 1.0, 1.05, 1.0, 2.0, 0.82, 2.18, 0.55, 2.14, 0.28
            },
            new double[] {-2.16, 0.96, -1.9, 1.56, 0.2, 1.58, 1.05, 0.96}),
    VAN(
            1.9,
            1.1,
            new double[] {
                -2.4, 0.34, -2.42, 0.7, -2.42, 1.16, 1.5, 1.16, 2.2, 0.95, 2.35, 0.6, 2.3, 0.32
            },
            new double[] {-2.4, 1.1, -2.35, 2.05, 0.9, 2.05, 1.6, 1.1});

    final double width;
    final double waist;
    final double[] lower;
    final double[] cabin;
    final double length;
    final double axle;

    CarShape(double width, double waist, double[] lower, double[] cabin) {
        this.width = width;
        this.waist = waist;
        this.lower = lower;
        this.cabin = cabin;
        this.length = 2 * lower[10];
        this.axle = 0.3 * length;
    }
}
