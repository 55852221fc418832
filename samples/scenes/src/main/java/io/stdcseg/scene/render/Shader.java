// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import io.stdcseg.scene.render.Paint.Finish;

/** Shading pass: turns what the {@link Rasteriser} saw into colours and labels. For one thread. */
final class Shader {

    private final Rasteriser seen;
    private final Camera camera;
    private final Backdrop backdrop;
    private final Lighting lighting;
    private final boolean plain;
    private final Fragment fragment = new Fragment();
    private int label;

    Shader(Rasteriser seen, Camera camera, Backdrop backdrop, Lighting lighting) {
        this.seen = seen;
        this.camera = camera;
        this.backdrop = backdrop;
        this.lighting = lighting;
        this.plain = lighting.plain();
    }

    /** Train id of the pixel last asked for: of what most of its samples see. */
    int label() {
        return label;
    }

    /**
     * The colour of a pixel. Samples that see the same are coloured once, in their middle; at most
     * four differ.
     */
    int color(int column, int row) {
        int n = Rasteriser.SAMPLES;
        int corner = n * row * seen.width + n * column;
        int done = 0;
        int most = 0;
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int i = 0; i < n * n; i++) {
            if ((done & 1 << i) != 0) {
                continue;
            }
            int first = corner + i / n * seen.width + i % n;
            int solid = seen.solid[first];
            int veil = seen.veiled(first) ? seen.veil[first] : Rasteriser.NONE;
            int count = 0;
            double x = 0;
            double y = 0;
            for (int j = i; j < n * n; j++) {
                int other = corner + j / n * seen.width + j % n;
                if (seen.solid[other] == solid
                        && (seen.veiled(other) ? seen.veil[other] : Rasteriser.NONE) == veil) {
                    done |= 1 << j;
                    count++;
                    int sampleColumn = j % n;
                    int sampleRow = j / n;
                    x += sampleColumn + 0.5;
                    y += sampleRow + 0.5;
                }
            }
            int color = shade(solid, veil, column + x / (n * count), row + y / (n * count));
            red += count * (color >> 16 & 255);
            green += count * (color >> 8 & 255);
            blue += count * (color & 255);
            if (count > most) {
                most = count;
                label = label(solid, veil);
            }
        }
        int all = n * n;
        int meanRed = (red + all / 2) / all;
        int meanGreen = (green + all / 2) / all;
        int meanBlue = (blue + all / 2) / all;
        return meanRed << 16 | meanGreen << 8 | meanBlue;
    }

    private int label(int solid, int veil) {
        if (veil != Rasteriser.NONE) {
            Face face = seen.projection(veil).face;
            if (face.paint().finish() == Finish.VEIL) {
                return face.paint().label();
            }
        }
        return solid == Rasteriser.NONE
                ? backdrop.label()
                : seen.projection(solid).face.paint().label();
    }

    private int shade(int solid, int veil, double x, double y) {
        int color =
                solid == Rasteriser.NONE
                        ? backdrop.color(camera.ray(x, y))
                        : shade(seen.projection(solid), x, y);
        if (veil == Rasteriser.NONE) {
            return color;
        }
        int before = shade(seen.projection(veil), x, y);
        return Rgb.mix(color, before, (before >>> 24) / 255.0);
    }

    private int shade(Projection projection, double x, double y) {
        projection.find(fragment, x, y);
        double z = 1 / projection.nearness(x, y);
        int color = lit(projection.face, x, y, z);
        return Rgb.mix(color, backdrop.haze(), z / (z + backdrop.clearDistance()));
    }

    private int lit(Face face, double x, double y, double z) {
        Material material = face.paint().material();
        int color = material.color(fragment);
        boolean shaded = lighting.shadows() != null && face.light() != face.shade();
        if (plain && !shaded) {
            return Rgb.lit(color, face.light());
        }
        Vec point = camera.pose().origin().plus(camera.ray(x, y).times(z));
        double direct = shaded ? lighting.shadows().lit(point) : 1;
        if (plain) {
            return Rgb.lit(color, face.shade() + direct * (face.light() - face.shade()));
        }
        int glow = lighting.lamps() == null ? 0 : material.glow(fragment);
        return lighting.lit(color, glow, face, direct, point);
    }
}
