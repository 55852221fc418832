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
 * A church, or a college that looks like one: a tall nave with narrow windows and a tower.
 *
 * @param eaves height of the nave
 * @param tower height of the tower
 * @param side -1 for a tower at the left end, 1 for one at the right
 */
public record Church(double width, double eaves, double tower, int side, Paint wall, Roof roof)
        implements Thing {

    private static final double DEPTH = 10;

    public static Church any(double width, SplittableRandom random) {
        Material stone = Walls.any(random);
        double eaves = 6 + 5 * random.nextDouble();
        double pitch = 2.2 + random.nextDouble();
        Material wall =
                at -> {
                    double window = at.stripesU(pitch, 0.4 * pitch) * at.betweenV(2, 0.8 * eaves);
                    double buttress = at.stripesU(2 * pitch, 0.2);
                    int glazed = Rgb.mix(stone.color(at), Rgb.of(30, 32, 36), 0.9 * window);
                    return Rgb.lit(glazed, 1 - 0.25 * buttress);
                };
        return new Church(
                width,
                eaves,
                random.nextBoolean() ? 14 + 10 * random.nextDouble() : 0,
                random.nextBoolean() ? 1 : -1,
                StreetClass.BUILDING.paint(wall),
                Roof.any(stone, random));
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        mesh.box(pose.moved(0, 0, DEPTH / 2), width, eaves, DEPTH, wall);
        roof.build(mesh, pose.moved(0, eaves, 0), width, DEPTH);
        if (tower > 0) {
            Pose foot = pose.moved(side * 0.36 * width, 0, 1.8);
            mesh.box(foot, 4.4, tower, 4.4, wall);
            for (double x = -1.9; x < 2; x += 1.26) {
                mesh.box(foot.moved(x, tower, 0), 0.6, 0.9, 4.4, wall);
            }
        }
    }
}
