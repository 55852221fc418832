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
        double open = 0.85 + 0.15 * normal.y();
        return sky * open + direct * Math.max(0, normal.dot(towards));
    }

    /** Brightness of something round. */
    double round() {
        return sky + 0.35 * direct;
    }
}
