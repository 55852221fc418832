// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import java.util.SplittableRandom;

/** Value noise: smooth random variation over a plane, from a fixed, tiled lattice. */
public final class Noise {

    private static final int SIZE = 256;
    private static final float[] LATTICE = new float[SIZE * SIZE];

    static {
        SplittableRandom random = new SplittableRandom(20);
        for (int i = 0; i < LATTICE.length; i++) {
            LATTICE[i] = (float) random.nextDouble();
        }
    }

    private Noise() {}

    /** A value of 0 to 1 that is independent of its neighbours'. */
    public static float cell(int x, int y) {
        return LATTICE[(y & SIZE - 1) * SIZE + (x & SIZE - 1)];
    }

    /** The value of 0 to 1 of the whole-metre cell that holds a point. */
    public static float cell(double x, double y) {
        return cell((int) Math.floor(x), (int) Math.floor(y));
    }

    /** A smooth value of 0 to 1 whose hills are one unit wide. */
    public static double at(double x, double y) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        double fx = x - column;
        double fy = y - row;
        fx *= fx * (3 - 2 * fx);
        fy *= fy * (3 - 2 * fy);
        int top = (row & SIZE - 1) * SIZE;
        int bottom = (row + 1 & SIZE - 1) * SIZE;
        int left = column & SIZE - 1;
        int right = column + 1 & SIZE - 1;
        double a = LATTICE[top + left] + (LATTICE[top + right] - LATTICE[top + left]) * fx;
        double b = LATTICE[bottom + left] + (LATTICE[bottom + right] - LATTICE[bottom + left]) * fx;
        return a + (b - a) * fy;
    }

    /**
     * Hills upon hills, about -1 to 1 around 0: from {@code coarse} metres wide down to {@code
     * fine}, without those that {@code pixel} metres cannot show.
     */
    public static double hills(double x, double y, double coarse, double fine, double pixel) {
        double sum = 0;
        double weight = 1;
        double shift = 0;
        double least = Math.max(fine, 1.5 * pixel);
        for (double width = coarse; width >= least; width /= 2.7) {
            sum += weight * (at(x / width + shift, y / width - shift) - 0.5);
            weight *= 0.7;
            shift += 17.3;
        }
        return sum;
    }
}
