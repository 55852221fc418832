// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import java.util.function.IntPredicate;

/**
 * Wet ground that mirrors what stands on it, found by following each mirrored ray through the
 * picture (screen-space reflection).
 *
 * @param wetness 0 for dry, 1 for covered with water
 * @param ground whether ground of a train id is smooth enough to mirror
 * @param shift makes each street's puddles its own
 */
public record WetGround(double wetness, IntPredicate ground, double shift) implements Effect {

    /** Steps along a mirrored ray, each longer than the last. */
    private static final int STEPS = 9;

    private static final double FIRST = 0.5;
    private static final double GROWTH = 1.7;

    @Override
    public void apply(View view) {
        int[] dry = view.colors().clone();
        Camera camera = view.camera();
        for (int row = 0; row < view.height(); row++) {
            for (int column = 0; column < view.width(); column++) {
                double nearness = view.nearness(column, row);
                if (nearness > 0 && ground.test(view.label(column, row))) {
                    Vec ray = camera.ray(column + 0.5, row + 0.5);
                    Vec point = camera.pose().origin().plus(ray.times(1 / nearness));
                    int at = row * view.width() + column;
                    view.colors()[at] = wet(view, dry, dry[at], point, ray.unit());
                }
            }
        }
    }

    private int wet(View view, int[] dry, int color, Vec point, Vec ray) {
        double hills = Noise.hills(point.x() + shift, 0.4 * point.z(), 3, 0.3, 0.1);
        double puddle = Math.max(0, Math.min(1, wetness * 1.3 - 0.45 + hills));
        // Fresnel: water mirrors most where it is seen at a low angle.
        double low = 1 + Math.max(-1, ray.y());
        double mirror = (0.08 + 0.75 * low * low * low * low) * (0.35 * wetness + 0.65 * puddle);
        double rough = 0.05 + 0.09 * (1 - puddle);
        int first = mirrored(view, dry, point, ray, rough, 1);
        int second = mirrored(view, dry, point, ray, rough, 2);
        int dark = Rgb.lit(color, 1 - 0.4 * wetness);
        return Rgb.mix(dark, Rgb.mix(first, second, 0.5), mirror);
    }

    /** What the mirrored ray meets, the ground being a little rough. */
    private static int mirrored(
            View view, int[] dry, Vec point, Vec ray, double rough, double number) {
        double grain = Noise.cell(97 * point.x() + 31 * number, 89 * point.z()) - 0.5;
        Vec way = new Vec(ray.x(), Math.max(0.01, -ray.y() + rough * grain), ray.z());
        Camera camera = view.camera();
        double length = FIRST * (1 + 0.5 * grain);
        for (int step = 0; step < STEPS; step++, length *= GROWTH) {
            Vec p = camera.see(point.plus(way.times(length)));
            int at = pixel(view, p);
            if (at < 0) {
                break;
            }
            double nearness = view.nearness(at % view.width(), at / view.width());
            if (nearness * p.z() > 1 && nearness * (p.z() - 1.5 * length) < 1) {
                return dry[at];
            }
        }
        int sky = pixel(view, camera.turn(way));
        return sky >= 0 ? dry[sky] : dry[top(view, point)];
    }

    /** The pixel that shows a point in the camera's axes; -1 for none. */
    private static int pixel(View view, Vec p) {
        if (p.z() <= 0) {
            return -1;
        }
        double scale = view.camera().focal() / p.z();
        double x = view.width() / 2.0 + p.x() * scale;
        double y = view.height() / 2.0 - p.y() * scale;
        return view.contains(x, y) ? ((int) y) * view.width() + (int) x : -1;
    }

    /** The uppermost pixel over a point: nearest to what lies above the picture. */
    private static int top(View view, Vec point) {
        Vec p = view.camera().see(point);
        double x = view.width() / 2.0 + p.x() * view.camera().focal() / p.z();
        return (int) Math.max(0, Math.min(view.width() - 1, x));
    }
}
