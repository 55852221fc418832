// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.people;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Paint.Finish;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/** Cyclist, over the middle of the bicycle's wheels. */
public record Cyclist(Figure figure, double phase) implements Thing {

    private static final double WHEEL = 0.34;
    private static final double CRANK = 0.17;
    private static final Paint FRAME = StreetClass.BICYCLIST.paint(Rgb.of(36, 38, 44));
    private static final Paint TREAD = StreetClass.BICYCLIST.paint(Rgb.of(24, 24, 25));
    private static final Paint RING = StreetClass.BICYCLIST.paint(new Ring(), Finish.CUT_OUT);
    private static final double[] WHEEL_OUTLINE = Mesh.circle(WHEEL);

    /** A tyre seen from the side. */
    private record Ring() implements Material {
        @Override
        public int color(Fragment at) {
            return Rgb.of(26, 26, 27);
        }

        @Override
        public boolean covers(double u, double v) {
            double r = u * u + v * v;
            return r > 0.75 * WHEEL * WHEEL || r < 0.02 * WHEEL * WHEEL;
        }
    }

    public static Cyclist plain(SplittableRandom random) {
        return new Cyclist(Figure.plain(StreetClass.BICYCLIST, random), random.nextDouble());
    }

    public static Cyclist any(SplittableRandom random) {
        Figure figure =
                random.nextDouble() < 0.15
                        ? Figure.bright(StreetClass.BICYCLIST, random)
                        : Figure.any(StreetClass.BICYCLIST, random);
        return new Cyclist(figure, random.nextDouble());
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        Vec back = pose.at(0, WHEEL, -0.52);
        Vec front = pose.at(0, WHEEL, 0.55);
        Vec pedals = pose.at(0, 0.3, -0.08);
        Vec saddle = pose.at(0, 0.95, -0.25);
        Vec bar = pose.at(0, 1.0, 0.38);
        for (Vec hub : new Vec[] {back, front}) {
            Pose wheel = new Pose(hub, pose.right(), pose.up(), pose.ahead());
            mesh.prism(wheel, WHEEL_OUTLINE, 0.022, 0, RING, TREAD);
        }
        tube(mesh, back, pedals);
        tube(mesh, back, saddle);
        tube(mesh, pedals, saddle);
        tube(mesh, pedals, bar);
        tube(mesh, saddle.towards(pedals, 0.2), bar.towards(front, 0.2));
        tube(mesh, bar, front);
        tube(mesh, bar.plus(pose.right().times(-0.26)), bar.plus(pose.right().times(0.26)));
        rider(mesh, pose, seconds);
    }

    private void rider(Mesh mesh, Pose pose, double seconds) {
        double turn = 2 * StrictMath.PI * (1.1 * seconds + phase);
        Vec hips = pose.at(0, 1.05, -0.22);
        Vec neck = pose.at(0, 1.5, 0.1);
        for (int side = -1; side <= 1; side += 2) {
            Vec foot =
                    pose.at(
                            0.1 * side,
                            0.32 + side * CRANK * StrictMath.cos(turn),
                            -0.06 + side * CRANK * StrictMath.sin(turn));
            figure.leg(mesh, pose, pose.at(0.1 * side, 1.02, -0.2), foot);
            figure.arm(mesh, pose.at(0.2 * side, 1.44, 0.08), pose.at(0.24 * side, 1.03, 0.36));
        }
        figure.trunk(mesh, pose, hips, neck);
        figure.head(mesh, pose, neck);
    }

    private static void tube(Mesh mesh, Vec a, Vec b) {
        mesh.limb(a, b, 0.02, 0.02, FRAME);
    }
}
