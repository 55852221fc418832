// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Lamp;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.StreetClass;
import java.util.SplittableRandom;

/**
 * Tube of a tunnel around a street: two walls, a ceiling, and lamps in rows. It counts as a
 * building.
 *
 * @param height of the ceiling, in metres
 * @param spacing metres from lamp to lamp
 * @param rows distances of the rows of lamps from the middle
 */
record TunnelTube(
        Street street,
        double height,
        double spacing,
        double[] rows,
        Paint wall,
        Paint ceiling,
        Paint lamp) {

    private static final double PIECE = 4;

    /** Neighbours overlap by this much, so that no sample falls between them. */
    private static final double LAP = 0.02;

    private static final Vec DOWN = Vec.UP.times(-1);

    static TunnelTube any(Street street, SplittableRandom random) {
        double half = street.kerb() * (0.25 + 0.6 * random.nextDouble());
        double bright = 90 + 120 * random.nextDouble();
        double warm = 14 * (random.nextDouble() - 0.3);
        int concrete = Rgb.of(bright + warm, bright, bright - warm);
        int tiles = random.nextBoolean() ? Rgb.of(214, 208, 190) : Rgb.of(120, 124, 128);
        double joint = random.nextBoolean() ? 0.9 + random.nextDouble() : 3;
        Material white = Material.plain(Rgb.of(255, 248, 226));
        return new TunnelTube(
                street,
                4.6 + 2 * random.nextDouble(),
                random.nextBoolean() ? 4 : 8,
                random.nextDouble() < 0.3 ? new double[] {0} : new double[] {-half, half},
                StreetClass.BUILDING.paint(lined(concrete, tiles, joint)),
                StreetClass.BUILDING.paint(lined(Rgb.lit(concrete, 0.55), concrete, 4)),
                StreetClass.BUILDING.paint(Material.glowing(white, white)));
    }

    /** Concrete with stains and joints, and another colour below 3 m. */
    private static Material lined(int concrete, int below, double joint) {
        return at -> {
            double stains = Noise.hills(at.u(), 0.6 * at.v(), 3, 0.1, at.pixel());
            int color = Rgb.mix(concrete, below, 0.7 * at.betweenV(0, 3));
            return Rgb.lit(color, 0.95 + 0.25 * stains - 0.35 * at.stripesU(joint, 0.05));
        };
    }

    /** Adds the piece between two places along the street. */
    void build(Mesh mesh, double from, double to) {
        for (double s = from; s < to; s += PIECE) {
            Pose near = street.pose(s, 0);
            Pose far = street.pose(s + PIECE + LAP, 0);
            wall(mesh, near, far, -street.front());
            wall(mesh, near, far, street.front());
            ceiling(mesh, near, far);
            if (Math.floorMod((long) s, (long) spacing) == 0) {
                lamps(mesh, near);
            }
        }
    }

    /** The hill that the tube begins in, and its mouth. */
    void portal(Mesh mesh, double s) {
        Pose mouth = street.pose(s, 0);
        double t = street.front();
        double above = 4;
        mesh.panel(mouth.moved(0, height, 0), 2 * t, above, wall);
        mesh.panel(mouth.moved(-t - 25, 0, 0), 50, height + above, wall);
        mesh.panel(mouth.moved(t + 25, 0, 0), 50, height + above, wall);
    }

    /** u along the street, v upwards; its lit side looks inwards. */
    private void wall(Mesh mesh, Pose near, Pose far, double t) {
        Vec foot = near.at(t, 0, 0);
        Vec farFoot = far.at(t, 0, 0);
        Vec u = farFoot.minus(foot).unit().times(t < 0 ? 1 : -1);
        Vec origin = foot.minus(u.times(near.origin().z()));
        Vec top = far.at(t, height, 0);
        mesh.flat(origin, u, Vec.UP, wall, foot, farFoot, top, near.at(t, height, 0));
    }

    private void ceiling(Mesh mesh, Pose near, Pose far) {
        double t = street.front();
        mesh.flat(
                near.at(0, height, -near.origin().z()),
                near.ahead(),
                near.right(),
                ceiling,
                near.at(-t, height, 0),
                near.at(t, height, 0),
                far.at(t, height, 0),
                far.at(-t, height, 0));
    }

    private void lamps(Mesh mesh, Pose near) {
        double[] outline = {-0.7, -0.12, 0.7, -0.12, 0.7, 0.12, -0.7, 0.12};
        for (double t : rows) {
            Pose at = near.moved(t, height - 0.12, 1);
            mesh.outline(at.origin(), at.ahead(), at.right(), lamp, outline);
            mesh.lamp(at.at(0, -0.1, 0), DOWN, Lamp.Kind.TUNNEL);
        }
    }
}
