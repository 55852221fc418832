// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Windscreen that mirrors the dashboard below it: a faint, uneven veil, densest at the bottom.
 *
 * @param light that the dashboard gives, 0 to 1
 * @param shift makes each dashboard its own
 */
public record Windscreen(double light, double shift) implements Effect {

    private static final int DASHBOARD = Rgb.of(150, 152, 156);

    @Override
    public void apply(View view) {
        for (int row = 0; row < view.height(); row++) {
            double down = (double) row / view.height();
            for (int column = 0; column < view.width(); column++) {
                double across = 4.0 * column / view.width();
                double uneven = Noise.hills(across + shift, 3 * down, 1, 0.2, 0);
                double veil = light * Math.max(0, 0.1 + 0.35 * down * down + 0.2 * down * uneven);
                int at = row * view.width() + column;
                view.colors()[at] = Rgb.plus(view.colors()[at], DASHBOARD, veil);
            }
        }
    }
}
