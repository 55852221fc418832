// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Daylight: from the whole sky, and from one direction.
 *
 * @param towards where the direct light comes from, length one
 * @param sky brightness of a face that the direct light does not reach
 * @param direct what it adds to a face that looks into it
 */
public record Light(Vec towards, double sky, double direct) {

    /** Brightness of a face by its outward normal, of length one. */
    double on(Vec normal) {
        return shade(normal) + direct * Math.max(0, normal.dot(towards));
    }

    /** Brightness of a face by its normal where something keeps the direct light off. */
    double shade(Vec normal) {
        double open = 0.85 + 0.15 * normal.y();
        return sky * open;
    }

    /** Brightness of a street in this light, about 1 on a fine day. */
    public double level() {
        return sky + 0.5 * direct;
    }

    /** Brightness of something round, whose normal points everywhere. */
    double round() {
        return sky + 0.35 * direct;
    }
}
