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

/** House of the sample clip: its front at the pose, its depth ahead of it. */
public final class PlainHouse implements Thing {

    private static final int[] BRICKS = {
        Rgb.of(104, 72, 58), Rgb.of(128, 108, 82), Rgb.of(112, 84, 66), Rgb.of(92, 74, 64)
    };
    private static final int[] PLASTERS = {
        Rgb.of(172, 168, 158), Rgb.of(148, 138, 120), Rgb.of(122, 120, 116)
    };
    private static final int[] ROOFS = {Rgb.of(70, 68, 70), Rgb.of(92, 66, 56), Rgb.of(80, 76, 72)};
    private static final double DEPTH = 9;

    private final double width;
    private final double eaves;
    private final double ridge;
    private final Paint front;
    private final Paint wall;
    private final Paint roof;

    /** A terraced house as wide as its lot. */
    public PlainHouse(double width, SplittableRandom random) {
        this.width = width;
        int storeys = 2 + random.nextInt(3);
        this.eaves = storeys * PlainFacade.STOREY + 0.5;
        this.ridge = random.nextDouble() < 0.65 ? 2.4 + random.nextDouble() : 0;
        Material bare =
                random.nextDouble() < 0.7
                        ? Masonry.brick(BRICKS[random.nextInt(BRICKS.length)])
                        : Masonry.plaster(PLASTERS[random.nextInt(PLASTERS.length)]);
        this.wall = StreetClass.BUILDING.paint(bare);
        this.front = StreetClass.BUILDING.paint(PlainFacade.any(bare, width, eaves, random));
        this.roof = StreetClass.BUILDING.paint(Masonry.tiles(ROOFS[random.nextInt(ROOFS.length)]));
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        Pose along = pose.turned(StrictMath.PI / 2);
        mesh.panel(pose, width, eaves, front);
        mesh.box(pose.moved(0, 0, DEPTH / 2), width, eaves, DEPTH - 0.02, wall);
        mesh.box(pose.moved(0, eaves - 0.25, -0.1), width, 0.22, 0.4, wall);
        if (ridge > 0) {
            double[] gable = {-0.3, eaves, DEPTH + 0.3, eaves, DEPTH / 2, eaves + ridge};
            mesh.prism(pose, gable, width / 2, 0, wall, null, roof, roof);
            mesh.box(
                    pose.moved(0.4 * width, eaves + 0.6 * ridge, DEPTH / 2),
                    0.7,
                    0.4 * ridge + 1.2,
                    1.1,
                    wall);
        } else {
            mesh.box(along.moved(-DEPTH / 3, eaves, 0), 2, 1.6, 2.5, wall);
        }
    }
}
