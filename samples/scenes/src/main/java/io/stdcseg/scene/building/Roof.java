// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.building;

import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.StreetClass;
import java.util.SplittableRandom;

/**
 * A roof with what stands on it.
 *
 * @param ridge height of the ridge above the eaves, in metres; 0 for a flat roof
 * @param facing whether the gable faces the street
 * @param chimneys how many
 * @param dormers how many windows stand in it
 */
record Roof(double ridge, boolean facing, int chimneys, int dormers, Paint wall, Paint tiles) {

    private static final int[] TILES = {
        Rgb.of(70, 68, 70), Rgb.of(110, 70, 56), Rgb.of(84, 80, 76), Rgb.of(54, 54, 58)
    };
    private static final Paint POT = StreetClass.BUILDING.paint(Rgb.of(146, 92, 68));
    private static final Paint PANE = StreetClass.BUILDING.paint(Rgb.of(40, 44, 48));

    static Roof any(Material wall, SplittableRandom random) {
        double kind = random.nextDouble();
        if (kind < 0.2) {
            return flat(wall);
        }
        return new Roof(
                1.6 + 2.2 * random.nextDouble(),
                kind > 0.8,
                random.nextInt(3),
                kind < 0.5 ? 0 : random.nextInt(3),
                StreetClass.BUILDING.paint(wall),
                StreetClass.BUILDING.paint(Masonry.tiles(TILES[random.nextInt(TILES.length)])));
    }

    static Roof flat(Material wall) {
        Paint paint = StreetClass.BUILDING.paint(wall);
        return new Roof(0, false, 0, 0, paint, paint);
    }

    /**
     * @param pose of the middle of the front's upper edge
     */
    void build(Mesh mesh, Pose pose, double width, double depth) {
        if (ridge == 0) {
            mesh.box(pose.moved(0.2 * width, 0, depth / 2), 2.5, 1.4, 2, wall);
        } else if (facing) {
            double half = width / 2;
            double[] gable = {-half - 0.2, 0, half + 0.2, 0, 0, ridge};
            Pose across = pose.moved(0, 0, depth / 2).turned(StrictMath.PI / 2);
            mesh.prism(across, gable, depth / 2, 0, wall, null, tiles, tiles);
        } else {
            double[] gable = {-0.3, 0, depth + 0.3, 0, depth / 2, ridge};
            mesh.prism(pose, gable, width / 2, 0, wall, null, tiles, tiles);
        }
        for (int i = 0; i < chimneys; i++) {
            chimney(mesh, pose.moved((0.44 - 0.88 * i) * width, 0, depth / 2));
        }
        for (int i = 0; i < dormers && ridge > 0 && !facing; i++) {
            double x = ((i + 0.5) / dormers - 0.5) * width;
            Pose dormer = pose.moved(x, 0.25 * ridge, 0.25 * depth);
            mesh.box(dormer, 1.3, 1.3, 0.4 * depth, wall);
            mesh.panel(dormer.moved(0, 0.25, -0.2 * depth - 0.02), 0.8, 0.85, PANE);
        }
    }

    private void chimney(Mesh mesh, Pose foot) {
        double top = ridge + 1.2;
        mesh.box(foot.moved(0, 0.5 * ridge, 0), 0.7, top - 0.5 * ridge, 1.3, wall);
        for (int pot = -1; pot <= 1; pot++) {
            Vec at = foot.at(0, top, 0.4 * pot);
            mesh.limb(at, at.plus(new Vec(0, 0.45, 0)), 0.13, 0.1, POT);
        }
    }
}
