// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** Vector: a point or direction, in metres; x to the right, y up, z ahead. */
public record Vec(double x, double y, double z) {

    public static final Vec UP = new Vec(0, 1, 0);

    public Vec plus(Vec o) {
        return new Vec(x + o.x, y + o.y, z + o.z);
    }

    public Vec minus(Vec o) {
        return new Vec(x - o.x, y - o.y, z - o.z);
    }

    public Vec times(double f) {
        return new Vec(x * f, y * f, z * f);
    }

    public double dot(Vec o) {
        return x * o.x + y * o.y + z * o.z;
    }

    public Vec cross(Vec o) {
        return new Vec(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
    }

    public double length() {
        return Math.sqrt(dot(this));
    }

    /** The same direction with length one. */
    public Vec unit() {
        return times(1 / length());
    }

    /** The point {@code share} of the way from here to {@code o}. */
    public Vec towards(Vec o, double share) {
        return plus(o.minus(this).times(share));
    }
}
