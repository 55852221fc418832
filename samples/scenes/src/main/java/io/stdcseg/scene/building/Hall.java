// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.building;

import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/**
 * A low, wide shop with a canopy on posts, as supermarkets are.
 *
 * @param canopy how far the canopy reaches out, 0 for none
 */
public record Hall(double width, double height, double canopy, Paint front, Paint wall, Paint post)
        implements Thing {

    private static final double DEPTH = 20;

    public static Hall any(double width, SplittableRandom random) {
        double height = 4 + 3 * random.nextDouble();
        double shop = 3 + 0.8 * random.nextDouble();
        Material wall = Walls.panels(random);
        ShopFront glass = ShopFront.any(width, shop, random);
        Material front =
                Material.glowing(
                        at -> at.v() < shop ? glass.color(at) : wall.color(at),
                        at -> at.v() < shop ? glass.glow(at) : 0);
        double bright = 130 + 100 * random.nextDouble();
        return new Hall(
                width,
                height,
                random.nextBoolean() ? 1.5 + 2 * random.nextDouble() : 0,
                StreetClass.BUILDING.paint(front),
                StreetClass.BUILDING.paint(wall),
                StreetClass.POLE.paint(Rgb.of(bright, bright, bright)));
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        mesh.panel(pose, width, height, front);
        mesh.box(pose.moved(0, 0, DEPTH / 2), width, height, DEPTH - 0.02, wall);
        if (canopy > 0) {
            double under = 0.62 * height;
            mesh.box(pose.moved(0, under, -canopy / 2), width, 0.5, canopy, wall);
            for (double x = -width / 2 + 1; x < width / 2; x += 4) {
                Pose foot = pose.moved(x, 0, -canopy + 0.3);
                mesh.limb(foot.origin(), foot.at(0, under, 0), 0.1, 0.1, post);
            }
        }
    }
}
