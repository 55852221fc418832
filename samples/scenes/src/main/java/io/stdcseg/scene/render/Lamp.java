// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Lamp: a small thing that gives light, to what lies around it and into the camera.
 *
 * @param at middle of its bulb
 * @param facing where its beam goes, length one
 */
public record Lamp(Vec at, Vec facing, Kind kind) {

    /** Kind of a lamp. */
    public enum Kind {
        STREET(80, 4, 28, 0, 0.16, 4, Tint.WHITE),
        TUNNEL(14, 4, 16, -0.2, 0.12, 1, Tint.WHITE),
        /** Of one's own car: it has no glare. */
        BEAM(150, 140, 60, 0.8, 0, 0, new Tint(1, 0.98, 0.9)),
        HEAD(40, 20, 25, 0.75, 0.1, 4, new Tint(1, 0.98, 0.92)),
        TAIL(1.2, 1, 5, 0, 0.06, 1.5, new Tint(1, 0.12, 0.08));

        final double strength;
        final double even;
        final double reach;
        final double edge;
        final double size;
        final double halo;
        final Tint tint;

        /**
         * @param strength brightness that it gives to a face, times square metres
         * @param even square metres by which it is further than it is: optics make its light even
         * @param reach metres beyond which it gives none
         * @param edge cosine of the angle to its axis beyond which it gives none
         * @param size radius of what shines in it, in metres; 0 if it is not seen
         * @param halo radius of the light around it in a lens, for a small lamp, in pixels of a
         *     picture that is 480 wide
         */
        Kind(
                double strength,
                double even,
                double reach,
                double edge,
                double size,
                double halo,
                Tint tint) {
            this.strength = strength;
            this.even = even;
            this.reach = reach;
            this.edge = edge;
            this.size = size;
            this.halo = halo;
            this.tint = tint;
        }
    }

    /** Share of its light that goes towards a point, 0 to 1. */
    double towards(Vec point) {
        Vec away = point.minus(at);
        double cosine = away.dot(facing) / Math.max(1e-6, away.length());
        double inside = Math.max(0, (cosine - kind.edge) / (1 - kind.edge));
        return inside * inside * (3 - 2 * inside);
    }
}
