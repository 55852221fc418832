// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Projection of a face into one camera's picture.
 *
 * <p>Of a flat face, 1/z, u/z and v/z are linear in the picture's coordinates. With the face's
 * origin O and axes U, V in camera axes and the ray S of a pixel, u = S.(V x O) / S.(U x V), v =
 * S.(O x U) / S.(U x V) and 1/z = S.(U x V) / O.(U x V).
 */
final class Projection {

    final Face face;
    private final double[] nearness;
    private final double[] across;
    private final double[] along;

    Projection(Face face, Camera camera) {
        this.face = face;
        Vec o = camera.see(face.origin());
        Vec u = camera.turn(face.u());
        Vec v = camera.turn(face.v());
        Vec normal = u.cross(v);
        double scale = 1 / o.dot(normal);
        this.nearness = linear(normal.times(scale), camera);
        this.across = linear(v.cross(o).times(scale), camera);
        this.along = linear(o.cross(u).times(scale), camera);
    }

    /** 1/z at a point of the picture. */
    double nearness(double x, double y) {
        return value(nearness, x, y);
    }

    /** How 1/z grows per pixel to the right. */
    double nearnessStep() {
        return nearness[1];
    }

    boolean covers(double x, double y, double nearness) {
        return face.paint()
                .material()
                .covers(value(across, x, y) / nearness, value(along, x, y) / nearness);
    }

    /** Puts the piece of the face that the pixel around (x, y) shows into {@code fragment}. */
    void find(Fragment fragment, double x, double y) {
        double z = 1 / value(nearness, x, y);
        double u = value(across, x, y) * z;
        double v = value(along, x, y) * z;
        fragment.u = u;
        fragment.v = v;
        fragment.du =
                z * (Math.abs(across[1] - u * nearness[1]) + Math.abs(across[2] - u * nearness[2]));
        fragment.dv =
                z * (Math.abs(along[1] - v * nearness[1]) + Math.abs(along[2] - v * nearness[2]));
    }

    /** The coefficients of 1, x and y of ray(x, y) . q, for q in camera axes. */
    private static double[] linear(Vec q, Camera camera) {
        double f = camera.focal();
        double x = q.x() / f;
        double y = -q.y() / f;
        return new double[] {q.z() - x * camera.width() / 2.0 - y * camera.height() / 2.0, x, y};
    }

    private static double value(double[] linear, double x, double y) {
        return linear[0] + linear[1] * x + linear[2] * y;
    }
}
