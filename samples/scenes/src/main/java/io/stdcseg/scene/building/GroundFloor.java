// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.building;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.Colors;
import java.util.SplittableRandom;

/**
 * The ground floor of a house that people live in: doors and windows.
 *
 * @param bay width of one of them with the wall beside it, in metres
 * @param plinth colour of the lowest part of the wall
 * @param doors share of doors
 */
record GroundFloor(
        Material wall,
        double width,
        double bay,
        int plinth,
        int door,
        int frame,
        double doors,
        double shift)
        implements Material {

    private static final int PANE = Rgb.of(34, 38, 42);

    static GroundFloor any(Material wall, double width, SplittableRandom random) {
        double bright = 60 + 110 * random.nextDouble();
        return new GroundFloor(
                wall,
                width,
                width / Math.max(1, Math.round(width / (1.8 + 1.2 * random.nextDouble()))),
                Rgb.of(bright, bright, bright - 6),
                Colors.any(0.6, 0.4, random),
                random.nextDouble() < 0.7 ? Rgb.of(218, 218, 212) : Rgb.of(60, 58, 56),
                0.2 + 0.3 * random.nextDouble(),
                150 * random.nextDouble());
    }

    @Override
    public int color(Fragment at) {
        double number = Math.floor((at.u() + width / 2) / bay);
        double middle = (number + 0.5) * bay - width / 2;
        boolean isDoor = Noise.cell(number + shift, shift) < doors;
        double half = isDoor ? 0.5 : 0.28 * bay;
        double low = isDoor ? 0.05 : 0.85;
        double hole = at.betweenU(middle - half, middle + half) * at.betweenV(low, 2.2);
        int color = Rgb.mix(Rgb.lit(wall.color(at), 0.92), plinth, 0.7 * at.betweenV(0, 0.5));
        if (hole == 0) {
            return color;
        }
        double inside =
                at.betweenU(middle - half + 0.08, middle + half - 0.08)
                        * at.betweenV(low + 0.08, 2.1)
                        * (isDoor ? 1 : 1 - 0.8 * at.betweenV(1.5, 1.56));
        double sheen = 0.5 + Noise.hills(at.u() + number, at.v(), 1.2, 0.2, at.pixel());
        int filling = isDoor ? door : Rgb.mix(PANE, Rgb.of(150, 164, 172), 0.4 * sheen);
        return Rgb.mix(color, Rgb.mix(frame, filling, inside), hole);
    }

    @Override
    public int glow(Fragment at) {
        double number = Math.floor((at.u() + width / 2) / bay);
        double own = Noise.cell(number + shift, shift);
        if (own < doors || own > doors + 0.3) {
            return 0;
        }
        double middle = (number + 0.5) * bay - width / 2;
        double pane = at.betweenU(middle - 0.24 * bay, middle + 0.24 * bay);
        return Rgb.lit(Rgb.of(236, 186, 112), 0.9 * pane * at.betweenV(0.95, 2.1));
    }
}
