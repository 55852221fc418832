// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;

/** Materials of the sample clip's ground. */
final class Surfaces {

    private static final int ASPHALT = Rgb.of(70, 72, 76);
    private static final int WORN = Rgb.of(92, 93, 95);
    private static final int LINE = Rgb.of(196, 196, 190);
    private static final int YELLOW = Rgb.of(176, 152, 70);
    private static final int SLAB = Rgb.of(104, 101, 98);
    private static final int GRANITE = Rgb.of(128, 127, 124);
    private static final int GRASS = Rgb.of(78, 94, 48);

    private Surfaces() {}

    /** The road: u from the centre line, v along it. */
    static Material road(Street street) {
        double gutter = street.kerb() - 0.3;
        return at -> {
            double stains = Noise.hills(at.u(), 0.25 * at.v(), 2.5, 0.3, at.pixel());
            double grit = Noise.hills(at.u(), at.v(), 0.09, 0.012, 0.4 * at.pixel());
            double track = Math.abs(Math.abs(at.u()) - 1.6);
            double wear = Math.max(0, 0.5 - Math.abs(track - 0.75)) * (0.8 + stains);
            int color = Rgb.mix(Rgb.lit(ASPHALT, 1 + 0.24 * stains + 0.2 * grit), WORN, wear);
            boolean patched = Noise.cell(at.u() / 2.7 + 31, at.v() / 7) > 0.86;
            boolean dirty = Math.abs(at.u()) > gutter + 0.07;
            color = Rgb.lit(color, patched || dirty ? 0.82 : 1);
            return lines(at, color, gutter, street.kerb() - 2.1);
        };
    }

    /** The lines of a British street: broken in the middle, yellow at the edge, bays between. */
    private static int lines(Fragment at, int asphalt, double gutter, double bay) {
        double middle = at.betweenU(-0.06, 0.06) * at.stripesV(6, 3.6);
        double bays = at.betweenU(bay, bay + 0.09) + at.betweenU(-bay - 0.09, -bay);
        double white = middle + 0.8 * bays * at.stripesV(2, 1);
        double yellow = at.betweenU(gutter, gutter + 0.07) + at.betweenU(-gutter - 0.07, -gutter);
        if (white + yellow == 0) {
            return asphalt;
        }
        double faded = 0.75 + 0.5 * Noise.hills(at.u(), at.v(), 0.4, 0.05, at.pixel());
        return Rgb.mix(Rgb.mix(asphalt, LINE, white * faded), YELLOW, 0.8 * yellow * faded);
    }

    /** Paving slabs. */
    static Material pavement() {
        return at -> {
            double tone = Noise.hills(at.u(), at.v(), 2.5, 0.03, at.pixel());
            double slab = at.pixel() > 0.4 ? 0.5 : Noise.cell(at.u() / 0.6, at.v() / 0.9);
            int color = Rgb.lit(SLAB, 0.94 + 0.2 * tone + 0.12 * slab);
            double joint = Math.max(at.stripesU(0.6, 0.025), at.stripesV(0.9, 0.025));
            return Rgb.mix(color, Rgb.of(48, 47, 46), 0.7 * joint);
        };
    }

    /** Kerb stones, v along the street. */
    static Material kerb() {
        return at -> {
            double tone = Noise.hills(at.u(), at.v(), 1, 0.05, at.pixel());
            return Rgb.mix(
                    Rgb.lit(GRANITE, 0.95 + 0.25 * tone),
                    Rgb.of(50, 50, 50),
                    0.6 * at.stripesV(0.9, 0.03));
        };
    }

    static Material grass() {
        return at -> Rgb.lit(GRASS, 1 + 0.4 * Noise.hills(at.u(), at.v(), 4, 0.04, at.pixel()));
    }
}
