// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import java.util.SplittableRandom;

/**
 * Rain: streaks in the air, and drops on the glass that show the picture upside down.
 *
 * @param strength 0 to 1
 * @param seed makes each picture's drops its own
 */
public record Rain(double strength, long seed) implements Effect {

    @Override
    public void apply(View view) {
        SplittableRandom random = new SplittableRandom(seed);
        double unit = view.height() / 360.0;
        double lean = 0.6 * (random.nextDouble() - 0.5);
        for (int i = (int) (350 * strength); i > 0; i--) {
            streak(view, lean, unit, random);
        }
        int[] behind = view.colors().clone();
        double size = 2 + 5 * random.nextDouble();
        for (int i = (int) (70 * strength * random.nextDouble()); i > 0; i--) {
            drop(view, behind, unit * size * (0.5 + random.nextDouble()), random);
        }
    }

    private void streak(View view, double lean, double unit, SplittableRandom random) {
        double x = view.width() * random.nextDouble();
        double y = view.height() * (1.2 * random.nextDouble() - 0.2);
        double length = unit * (6 + 26 * random.nextDouble() * random.nextDouble());
        double opacity = 0.05 + 0.16 * random.nextDouble();
        for (double along = 0; along < length; along++) {
            double column = x + lean * along;
            if (view.contains(column, y + along)) {
                int at = ((int) (y + along)) * view.width() + (int) column;
                int[] colors = view.colors();
                colors[at] = Rgb.mix(Rgb.lit(colors[at], 1.1), Rgb.of(190, 196, 202), opacity);
            }
        }
    }

    private static void drop(View view, int[] behind, double radius, SplittableRandom random) {
        double x = view.width() * random.nextDouble();
        double y = view.height() * random.nextDouble();
        double tall = 0.8 + 0.5 * random.nextDouble();
        double zoom = 3 + 5 * random.nextDouble();
        for (int row = (int) (y - 2 * radius); row <= y + 2 * radius; row++) {
            for (int column = (int) (x - 2 * radius); column <= x + 2 * radius; column++) {
                double dx = (column + 0.5 - x) / radius;
                double dy = (row + 0.5 - y) / (radius * tall);
                double r = Math.sqrt(dx * dx + dy * dy);
                if (r < 1 && view.contains(column, row)) {
                    int fromX = clip(x - zoom * radius * dx, view.width());
                    int fromY = clip(y - zoom * radius * dy, view.height());
                    int turned = behind[fromY * view.width() + fromX];
                    int at = row * view.width() + column;
                    int drop = Rgb.lit(turned, 1.05 - 0.35 * r * r * r);
                    double edge = Math.min(1, (1 - r) * radius * 0.6);
                    view.colors()[at] = Rgb.mix(view.colors()[at], drop, 0.85 * edge);
                }
            }
        }
    }

    private static int clip(double x, int end) {
        return (int) Math.max(0, Math.min(end - 1, x));
    }
}
