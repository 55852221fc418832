// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.vehicle;

import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.Colors;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/**
 * Bonnet of one's own car, as a camera behind the windscreen sees it; it belongs to no class.
 *
 * @param below metres below the camera
 * @param reach metres ahead of the camera
 * @param aside metres to the right of the camera
 */
public record Bonnet(double below, double reach, double aside, Paint paint) implements Thing {

    public static Bonnet any(SplittableRandom random) {
        int color = Colors.any(0.3, 0.6, random);
        double mirror = random.nextDouble();
        Paint paint =
                StreetClass.ignored(
                        at -> {
                            double sheen = Noise.hills(at.u(), 0.3 * at.v(), 0.8, 0.2, at.pixel());
                            double sky = mirror * (0.4 + sheen) * Math.max(0, 0.6 + at.v());
                            return Rgb.mix(color, Rgb.of(226, 234, 240), sky);
                        });
        double reach = 1.2 + 0.8 * random.nextDouble();
        double below = reach * (0.33 + 0.12 * random.nextDouble());
        return new Bonnet(below, reach, 0.8 * (random.nextDouble() - 0.3), paint);
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        double[] outline = Mesh.circle(1);
        for (int i = 0; i < outline.length; i += 2) {
            outline[i] *= 0.95;
            outline[i + 1] *= 0.45;
        }
        Pose middle = pose.moved(aside, -below, reach - 0.45);
        mesh.outline(middle.origin(), pose.right(), pose.ahead(), paint, outline);
    }
}
