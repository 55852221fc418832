// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** Pose: where something stands and how it is turned, an origin and three unit axes. */
public record Pose(Vec origin, Vec right, Vec up, Vec ahead) {

    /** Standing upright at {@code origin}, looking along the level direction {@code ahead}. */
    public static Pose upright(Vec origin, Vec ahead) {
        Vec level = ahead.unit();
        return new Pose(origin, new Vec(level.z(), 0, -level.x()), Vec.UP, level);
    }

    /** The point of the world at these local coordinates. */
    public Vec at(double x, double y, double z) {
        return new Vec(
                origin.x() + right.x() * x + up.x() * y + ahead.x() * z,
                origin.y() + right.y() * x + up.y() * y + ahead.y() * z,
                origin.z() + right.z() * x + up.z() * y + ahead.z() * z);
    }

    /** The same orientation at these local coordinates. */
    public Pose moved(double x, double y, double z) {
        return new Pose(at(x, y, z), right, up, ahead);
    }

    /** Turned to the right about its upright axis. */
    public Pose turned(double radians) {
        double cos = StrictMath.cos(radians);
        double sin = StrictMath.sin(radians);
        return new Pose(
                origin,
                right.times(cos).minus(ahead.times(sin)),
                up,
                ahead.times(cos).plus(right.times(sin)));
    }

    /** Tilted upwards about its right axis. */
    public Pose tilted(double radians) {
        double cos = StrictMath.cos(radians);
        double sin = StrictMath.sin(radians);
        return new Pose(
                origin,
                right,
                up.times(cos).minus(ahead.times(sin)),
                ahead.times(cos).plus(up.times(sin)));
    }

    /** Rolled to the right about the direction it looks in. */
    public Pose rolled(double radians) {
        double cos = StrictMath.cos(radians);
        double sin = StrictMath.sin(radians);
        return new Pose(
                origin,
                right.times(cos).minus(up.times(sin)),
                up.times(cos).plus(right.times(sin)),
                ahead);
    }
}
