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
 * House, of any kind, that stands in a row: its front at the pose, its depth ahead of it.
 *
 * @param eaves height of the front
 * @param roof what is above it
 * @param cornice how far a ledge stands out below the roof, 0 for none
 * @param awning how far an awning reaches out over the pavement, 0 for none
 * @param cloth paint of the awning
 */
public record House(
        double width,
        double depth,
        double eaves,
        Paint front,
        Paint wall,
        Roof roof,
        double cornice,
        double awning,
        Paint cloth)
        implements Thing {

    private static final double AWNING = 2.5;

    /** A house of two to five storeys, with a shop or without. */
    public static House terraced(double width, boolean shop, SplittableRandom random) {
        Material wall = Walls.any(random);
        double ground = 2.9 + 0.8 * random.nextDouble();
        Material base =
                shop ? ShopFront.any(width, ground, random) : GroundFloor.any(wall, width, random);
        Elevation front = Elevation.house(wall, base, width, ground, random);
        double eaves = ground + front.storey() * (1 + random.nextInt(3)) + 0.3;
        return house(width, eaves, front, wall, Roof.any(wall, random), shop, random);
    }

    /** A building with a flat roof. */
    public static House office(double width, boolean shop, SplittableRandom random) {
        Material wall = random.nextBoolean() ? Walls.panels(random) : Walls.any(random);
        double ground = 3.2 + random.nextDouble();
        Material base = shop ? ShopFront.any(width, ground, random) : wall;
        Elevation front = Elevation.office(wall, base, width, ground, random);
        double eaves = ground + front.storey() * (1 + random.nextInt(5)) + 0.6;
        return house(width, eaves, front, wall, Roof.flat(wall), shop, random);
    }

    private static House house(
            double width,
            double eaves,
            Elevation front,
            Material wall,
            Roof roof,
            boolean shop,
            SplittableRandom random) {
        int cloth = ShopFront.color(random);
        return new House(
                width,
                8 + 5 * random.nextDouble(),
                eaves,
                StreetClass.BUILDING.paint(front),
                StreetClass.BUILDING.paint(wall),
                roof,
                random.nextDouble() < 0.5 ? 0.2 + 0.4 * random.nextDouble() : 0,
                shop && random.nextDouble() < 0.2 ? 0.8 + 0.8 * random.nextDouble() : 0,
                StreetClass.BUILDING.paint(stripes(cloth, random.nextBoolean())));
    }

    private static Material stripes(int color, boolean striped) {
        int other = striped ? Rgb.of(216, 212, 200) : color;
        return at -> Rgb.mix(color, other, at.stripesU(0.5, 0.25));
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        mesh.panel(pose, width, eaves, front);
        mesh.box(pose.moved(0, 0, depth / 2), width, eaves, depth - 0.02, wall);
        if (cornice > 0) {
            double out = 0.5 * cornice;
            mesh.box(pose.moved(0, eaves - 0.35, -out), width, 0.3, cornice, wall);
        }
        if (awning > 0) {
            double half = 0.45 * width;
            Pose foot = pose.moved(0, AWNING, 0);
            mesh.flat(
                    foot.at(0, 0, -awning),
                    pose.right(),
                    foot.at(0, 0.5, awning).minus(foot.origin()).unit(),
                    cloth,
                    foot.at(-half, 0.5, 0),
                    foot.at(half, 0.5, 0),
                    foot.at(half, 0, -awning),
                    foot.at(-half, 0, -awning));
            mesh.panel(foot.moved(0, -0.2, -awning), 2 * half, 0.2, cloth);
        }
        roof.build(mesh, pose.moved(0, eaves, 0), width, depth);
    }
}
