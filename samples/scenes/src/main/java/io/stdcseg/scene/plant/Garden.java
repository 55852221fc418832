// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.plant;

import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Paint.Finish;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/**
 * Garden in a gap between the sample clip's houses: a fence along the pavement, a hedge behind it.
 */
public final class Garden implements Thing {

    private static final int IRON = Rgb.of(38, 40, 40);
    private static final int WOOD = Rgb.of(108, 94, 76);

    private final double width;
    private final double height;
    private final Paint fence;
    private final Paint hedge;
    private final double hedgeHeight;

    public Garden(double width, SplittableRandom random) {
        this.width = width;
        boolean railings = random.nextDouble() < 0.75;
        this.height = railings ? 1.5 + 0.4 * random.nextDouble() : 1.6;
        this.fence =
                railings
                        ? StreetClass.FENCE.paint(railings(height), Finish.VEIL)
                        : StreetClass.FENCE.paint(boards());
        int green = Rgb.of(50 + 16 * random.nextDouble(), 66 + 16 * random.nextDouble(), 36);
        this.hedge = StreetClass.TREE.paint(Foliage.hedge(green, 99 * random.nextDouble()));
        this.hedgeHeight = random.nextDouble() < 0.5 ? 0 : 0.9 + 1.2 * random.nextDouble();
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        mesh.panel(pose, width, height, fence);
        if (hedgeHeight > 0) {
            mesh.box(pose.moved(0, 0, 1.4), width, hedgeHeight, 1.2, hedge);
        }
        Pose side = pose.turned(StrictMath.PI / 2);
        mesh.panel(
                side.moved(-5, 0, -width / 2 + 0.05), 10, 1.8, StreetClass.FENCE.paint(boards()));
    }

    private static Material railings(double height) {
        return at -> {
            double bars = at.stripesU(0.14, 0.035);
            double rails = at.betweenV(height - 0.2, height - 0.14) + at.betweenV(0.3, 0.36);
            double wall = at.betweenV(0, 0.3);
            int iron = Rgb.veiled(IRON, Math.max(bars, rails));
            return wall > 0.5 ? Rgb.of(106, 94, 84) : iron;
        };
    }

    private static Material boards() {
        return at -> {
            double own = Noise.cell(at.u() / 0.15, 3.5) - 0.5;
            double gap = at.stripesU(0.15, 0.012);
            double grain = Noise.hills(8 * at.u(), at.v(), 1, 0.1, 4 * at.pixel());
            return Rgb.lit(WOOD, 1 + 0.25 * own + 0.15 * grain - 0.5 * gap);
        };
    }
}
