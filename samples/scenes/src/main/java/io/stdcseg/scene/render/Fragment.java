// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Fragment: the piece of a face that one pixel shows. Reused for every pixel: read it, let it go.
 */
public final class Fragment {

    double u;
    double v;
    double du;
    double dv;

    /** Along the face's first axis, in metres. */
    public double u() {
        return u;
    }

    /** Along the face's second axis, in metres. */
    public double v() {
        return v;
    }

    /** The middling extent of the pixel on the face, in metres. */
    public double pixel() {
        return Math.sqrt(du * dv);
    }

    /** How much of the pixel lies between two values of u, 0 to 1. */
    public double betweenU(double from, double to) {
        return between(u, from, to, du);
    }

    /** How much of the pixel lies between two values of v, 0 to 1. */
    public double betweenV(double from, double to) {
        return between(v, from, to, dv);
    }

    /** How much of the pixel lies in the first {@code length} metres of every {@code period}. */
    public double stripesU(double period, double length) {
        return stripes(u, period, length, du);
    }

    /** How much of the pixel lies in the first {@code length} metres of every {@code period}. */
    public double stripesV(double period, double length) {
        return stripes(v, period, length, dv);
    }

    private static double stripes(double x, double period, double length, double extent) {
        if (extent >= period) {
            return length / period;
        }
        double phase = x - Math.floor(x / period) * period;
        return between(phase, 0, length, extent)
                + between(phase, period, period + length, extent)
                + between(phase, -period, length - period, extent);
    }

    private static double between(double x, double from, double to, double extent) {
        double low = Math.max(from, x - extent / 2);
        double high = Math.min(to, x + extent / 2);
        return high <= low ? 0 : (high - low) / Math.max(extent, 1e-9);
    }
}
