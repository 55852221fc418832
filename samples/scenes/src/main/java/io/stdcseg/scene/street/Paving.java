// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import java.util.SplittableRandom;

/**
 * Slabs or blocks of a pavement.
 *
 * @param across width of a slab, in metres
 * @param along its length
 * @param variety how much slabs differ
 * @param joint how dark the joints are
 */
record Paving(int color, double across, double along, double variety, double joint)
        implements Material {

    private static final int DIRT = Rgb.of(44, 43, 42);

    static Material any(Weather weather, SplittableRandom random) {
        if (random.nextDouble() < 0.25) {
            return Asphalt.any(weather, random);
        }
        double bright = 78 + 72 * random.nextDouble();
        double warm = 14 * (random.nextDouble() - 0.3);
        double wet = 1 - 0.3 * weather.wetness();
        boolean blocks = random.nextDouble() < 0.25;
        return new Paving(
                blocks
                        ? Rgb.lit(Rgb.of(bright + 20, bright - 8, bright - 16), wet)
                        : Rgb.lit(Rgb.of(bright + warm, bright, bright - warm), wet),
                blocks ? 0.2 : 0.4 + 0.4 * random.nextDouble(),
                blocks ? 0.1 : 0.5 + 0.5 * random.nextDouble(),
                0.1 + 0.3 * random.nextDouble(),
                0.2 + 0.7 * random.nextDouble());
    }

    /** Kerb stones, v along the street. */
    static Material kerb(SplittableRandom random) {
        double bright = 90 + 70 * random.nextDouble();
        return new Paving(Rgb.of(bright, bright, bright - 4), 4, 0.9, 0.15, 0.6);
    }

    @Override
    public int color(Fragment at) {
        double stains = Noise.hills(at.u(), at.v(), 2.5, 0.03, at.pixel());
        double near = Math.max(0, 1 - at.pixel() / along);
        double slab = near * (Noise.cell(at.u() / across, at.v() / along) - 0.5);
        int tone = Rgb.lit(color, 1 + 0.25 * stains + variety * slab);
        double gap = Math.max(at.stripesU(across, 0.025), at.stripesV(along, 0.025));
        return Rgb.mix(tone, DIRT, joint * gap);
    }
}
