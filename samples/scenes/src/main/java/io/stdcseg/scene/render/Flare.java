// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Flare of the sun in a lens: a veil of light over the picture, densest around the sun.
 *
 * @param towards where the sun is, length one
 * @param strength 0 to 1
 */
public record Flare(Vec towards, Tint tint, double strength) implements Effect {

    /** The sun is looked for in a square of so many pixels to each side. */
    private static final int AROUND = 2;

    @Override
    public void apply(View view) {
        Camera camera = view.camera();
        Vec sun = camera.turn(towards);
        if (sun.z() <= 0.05) {
            return;
        }
        double open = strength * open(view, sun);
        if (open == 0) {
            return;
        }
        for (int row = 0; row < view.height(); row++) {
            for (int column = 0; column < view.width(); column++) {
                Vec ray = camera.ray(column + 0.5, row + 0.5);
                double cosine = ray.dot(towards) / ray.length();
                double off = 2 * (1 - cosine);
                double light = 0.08 + 0.5 / (1 + off / 0.02) + 0.9 / (1 + off * off / 4e-6);
                view.add(column, row, tint, open * light);
            }
        }
    }

    /** Share of the sun that nothing hides; half of it where it stands beside the picture. */
    private static double open(View view, Vec sun) {
        int x = (int) (view.width() / 2.0 + view.camera().focal() * sun.x() / sun.z());
        int y = (int) (view.height() / 2.0 - view.camera().focal() * sun.y() / sun.z());
        if (!view.contains(x, y)) {
            return 0.5;
        }
        int open = 0;
        int all = 0;
        for (int row = y - AROUND; row <= y + AROUND; row++) {
            for (int column = x - AROUND; column <= x + AROUND; column++) {
                if (view.contains(column, row)) {
                    all++;
                    open += view.nearness(column, row) == 0 ? 1 : 0;
                }
            }
        }
        return (double) open / all;
    }
}
