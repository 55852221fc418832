// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.building;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;

/** Masonry: bricks, plaster and tiles of a given colour. */
final class Masonry {

    private Masonry() {}

    /** Bricks of a colour, with mortar where it can be seen. */
    static Material brick(int color) {
        return at -> {
            double tone = Noise.hills(at.u(), at.v(), 5, 0.2, at.pixel());
            int wall = Rgb.lit(color, 0.97 + 0.16 * tone);
            if (at.pixel() > 0.12) {
                return wall;
            }
            double row = Math.floor(at.v() / 0.075);
            double shifted = at.u() + 0.1125 * (row % 2);
            double own = Noise.cell(shifted / 0.225, row + 0.5) - 0.5;
            double mortar = at.stripesV(0.075, 0.012);
            double near = 1 - at.pixel() / 0.12;
            return Rgb.mix(
                    Rgb.lit(wall, 1 + 0.3 * near * own),
                    Rgb.of(142, 136, 126),
                    0.7 * near * mortar);
        };
    }

    /** Smooth plaster of a colour, stained by weather. */
    static Material plaster(int color) {
        return at -> Rgb.lit(color, 0.97 + 0.12 * stain(at));
    }

    /** Roof tiles; v up the slope. */
    static Material tiles(int color) {
        return at -> {
            double shadow = at.stripesV(0.3, 0.06);
            return Rgb.lit(color, 1 + 0.2 * stain(at) - 0.35 * shadow);
        };
    }

    private static double stain(Fragment at) {
        return Noise.hills(at.u(), 0.5 * at.v(), 4, 0.1, at.pixel());
    }
}
