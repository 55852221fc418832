// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import java.util.SplittableRandom;

/**
 * Asphalt of any age: stained, patched, cracked, wet.
 *
 * @param stains contrast of large spots
 * @param grit contrast of single stones
 * @param patched share of the surface that was mended
 * @param cracks share of cracks among the lines that could be
 * @param wetness 0 for dry, 1 for covered with water that mirrors the sky
 * @param shift makes each street its own
 */
record Asphalt(
        int color,
        double stains,
        double grit,
        double patched,
        double cracks,
        double wetness,
        int sky,
        double shift)
        implements Material {

    static Asphalt any(Weather weather, SplittableRandom random) {
        double bright = 50 + 50 * random.nextDouble();
        double blue = 14 * (random.nextDouble() - 0.4);
        return new Asphalt(
                Rgb.of(bright - blue / 2, bright, bright + blue),
                0.04 + 0.2 * random.nextDouble(),
                0.06 + 0.24 * random.nextDouble(),
                0.3 * random.nextDouble() * random.nextDouble(),
                random.nextDouble(),
                weather.wetness(),
                weather.horizon(),
                90 * random.nextDouble());
    }

    @Override
    public int color(Fragment at) {
        double u = at.u() + shift;
        double v = at.v() + shift;
        double spots = Noise.hills(u, 0.25 * v, 2.5, 0.3, at.pixel());
        double stones = Noise.hills(u, v, 0.09, 0.012, 0.4 * at.pixel());
        double tracks = 0.5 - Math.abs(Math.abs(Math.abs(at.u()) - 1.6) - 0.75);
        double tone = 1 + stains * spots + grit * stones + 0.12 * Math.max(0, tracks);
        tone *= mended(u, v) * (1 - crack(u, v, at.pixel()));
        int dry = Rgb.lit(color, tone);
        if (wetness == 0) {
            return dry;
        }
        double water = wetness * (0.35 + 0.5 * spots + 0.25 * Math.max(0, tracks));
        return Rgb.mix(Rgb.lit(dry, 1 - 0.35 * wetness), sky, water);
    }

    /** Brightness of the patch, if any: rectangles of several sizes along the street. */
    private double mended(double u, double v) {
        double own = Noise.cell(u / 1.9 + 31, v / 6.3);
        double trench = Noise.cell(u / 0.7 + 7, v / 29);
        if (own < 1 - patched && trench < 1 - 0.4 * patched) {
            return 1;
        }
        return Noise.cell(v / 6.3 + 11, u / 1.9) > 0.3 ? 0.8 : 1.15;
    }

    private double crack(double u, double v, double pixel) {
        if (pixel > 0.08) {
            return 0;
        }
        double bent = u + 0.5 * Noise.at(u, 0.6 * v);
        double line = Math.abs(Noise.at(0.5 * bent, 0.35 * v) - 0.5);
        boolean there = Noise.at(0.3 * v, 0.3 * u) < cracks - 0.25;
        return there && line < 0.004 ? 0.3 : 0;
    }
}
