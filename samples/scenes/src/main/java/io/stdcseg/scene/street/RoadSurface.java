// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import java.util.SplittableRandom;

/** Surfaces of roads besides asphalt: cobbles, and slabs of concrete. */
final class RoadSurface {

    private RoadSurface() {}

    /** Asphalt for the most part. */
    static Material any(Weather weather, SplittableRandom random) {
        Material asphalt = Asphalt.any(weather, random);
        double kind = random.nextDouble();
        return kind < 0.14 ? cobbles(random) : kind < 0.24 ? concrete(random) : asphalt;
    }

    /** Rows of stones across the road, each other one shifted by half a stone. */
    private static Material cobbles(SplittableRandom random) {
        double bright = 60 + 70 * random.nextDouble();
        double warm = 16 * (random.nextDouble() - 0.4);
        int stone = Rgb.of(bright + warm, bright, bright - warm);
        double size = 0.1 + 0.12 * random.nextDouble();
        double variety = 0.3 + 0.5 * random.nextDouble();
        return at -> {
            double row = Math.floor(at.v() / size);
            double u = at.u() + (row % 2 == 0 ? 0 : 0.5 * size);
            double near = Math.max(0, 1 - at.pixel() / size);
            double own = near * (Noise.cell(u / size, row + 0.5) - 0.5);
            double stains = Noise.hills(at.u(), 0.4 * at.v(), 3, 0.2, at.pixel());
            double joint = near * Math.max(gap(u, size), gap(at.v(), size));
            return Rgb.lit(stone, 1 + variety * own + 0.3 * stains - 0.5 * joint);
        };
    }

    private static double gap(double x, double size) {
        double within = x / size - Math.floor(x / size);
        return Math.max(0, 1 - 8 * Math.min(within, 1 - within));
    }

    private static Material concrete(SplittableRandom random) {
        double bright = 130 + 60 * random.nextDouble();
        int grey = Rgb.of(bright + 4, bright, bright - 8);
        double slab = 4 + 3 * random.nextDouble();
        return at -> {
            double stains = Noise.hills(at.u(), 0.25 * at.v(), 3, 0.05, at.pixel());
            double own = Noise.cell(at.u() / 3.5 + 20, at.v() / slab) - 0.5;
            return Rgb.lit(grey, 1 + 0.2 * stains + 0.12 * own - 0.5 * joint(at, slab));
        };
    }

    private static double joint(Fragment at, double slab) {
        return Math.max(at.stripesU(3.5, 0.04), at.stripesV(slab, 0.05));
    }
}
