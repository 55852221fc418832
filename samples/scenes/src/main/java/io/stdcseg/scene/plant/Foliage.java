// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.plant;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;

/**
 * Foliage: leaves in a ragged clump around u = v = 0.
 *
 * @param radius of the clump; beyond it there is nothing
 * @param shift makes each clump its own
 */
record Foliage(int color, double radius, double shift) implements Material {

    @Override
    public boolean covers(double u, double v) {
        double edge = (u * u + v * v) / (radius * radius);
        return edge < 0.2 || (edge < 1.2 && edge + Noise.at(2.5 * (u + shift), 2.5 * v) < 1.2);
    }

    @Override
    public int color(Fragment at) {
        return leaves(at, color, shift, 0.95 + 0.25 * at.v() / radius);
    }

    /** Leaves without end: hedges; darker at the foot. */
    static Material hedge(int color, double shift) {
        return at -> leaves(at, color, shift, 0.75 + 0.15 * at.v());
    }

    private static int leaves(Fragment at, int color, double shift, double brightness) {
        double x = at.u() + shift;
        double depth = Noise.hills(x, at.v(), 0.7, 0.2, at.pixel());
        double leaf = Noise.hills(at.v(), x, 0.16, 0.03, 0.5 * at.pixel());
        return Rgb.lit(color, brightness + 0.6 * depth + 0.9 * leaf);
    }

    /** A net of bare twigs that the sky shows through, thinner towards the edge of a clump. */
    static Material twigs(int color, double radius, double shift) {
        return at -> {
            double x = at.u() + shift;
            double y = at.v() - shift;
            double edge = Math.sqrt(at.u() * at.u() + at.v() * at.v()) / radius;
            double dense = 0.5 + 0.5 * Noise.hills(x, y, 0.6, 0.1, at.pixel());
            double grain = 0.55 * Noise.hills(y, x, 0.12, 0.03, 0.4 * at.pixel());
            double opacity = Math.min(1, 3 * (1 - edge)) * (dense + grain);
            return Rgb.veiled(
                    Rgb.lit(color, 1 - 0.8 * grain), Math.max(0, Math.min(0.85, opacity)));
        };
    }

    /** Single bare twigs before the sky, in all directions, fewer towards the edge of a clump. */
    static Material brush(int color, double radius, double density, double shift) {
        return at -> {
            double edge = Math.sqrt(at.u() * at.u() + at.v() * at.v()) / radius;
            double x = at.u() + shift;
            double y = at.v() - shift;
            double lines = 0;
            for (int layer = 0; layer < 3; layer++) {
                double size = 0.9 / (1 + layer);
                double ridge = Math.abs(Noise.at(x / size + 31 * layer, y / size) - 0.5) * size;
                double half = 0.014 + 0.4 * at.pixel();
                lines += Math.max(0, 1 - ridge / (2.2 * half)) * Math.min(1, 0.03 / half);
            }
            double opacity = density * Math.min(1, 2.5 * (1 - edge)) * (0.16 + lines);
            return Rgb.veiled(color, Math.max(0, Math.min(0.95, opacity)));
        };
    }

    /** The same as far as leaves would reach: beyond, other clumps and the sky are seen. */
    static Material raggedBrush(int color, double radius, double density, double shift) {
        Foliage leaves = new Foliage(color, radius, shift);
        // Wider, so that twigs are not fewer where the clump ends.
        Material twigs = brush(color, 1.8 * radius, density, shift);
        return new Material() {
            @Override
            public int color(Fragment at) {
                return twigs.color(at);
            }

            @Override
            public boolean covers(double u, double v) {
                return leaves.covers(u, v);
            }
        };
    }
}
