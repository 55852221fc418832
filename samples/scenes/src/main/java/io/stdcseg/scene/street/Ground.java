// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.StreetClass;
import java.util.SplittableRandom;

/** Ground of a street, in strips: road, kerbs, pavements, and the land beside them. */
final class Ground {

    private static final double PIECE = 4;

    /** Neighbours overlap by this much, so that no sample falls between them. */
    private static final double LAP = 0.02;

    /** How far the land beside the street reaches. */
    private static final double LAND = 60;

    private static final double KERB_STONE = 0.15;

    /** Paved land before houses that stand back a little. */
    private static final double FORECOURT = 0.6;

    private final Street street;
    private final SideStreets sideStreets;
    private final Paint road;
    private final Paint mouth;
    private final Paint kerb;
    private final Paint pavement;
    private final Paint land;

    /**
     * @param mouth of side streets
     * @param land beyond the fronts
     */
    private Ground(
            Street street,
            SideStreets sideStreets,
            Material road,
            Material mouth,
            Material kerb,
            Material pavement,
            Paint land) {
        this.street = street;
        this.sideStreets = sideStreets;
        this.road = StreetClass.ROAD.paint(road);
        this.mouth = StreetClass.ROAD.paint(mouth);
        this.kerb = StreetClass.PAVEMENT.paint(kerb);
        this.pavement = StreetClass.PAVEMENT.paint(pavement);
        this.land = land;
    }

    /** The sample clip's. */
    static Ground plain(Street street) {
        Material road = Surfaces.road(street);
        return new Ground(
                street,
                SideStreets.NONE,
                road,
                road,
                Surfaces.kerb(),
                Surfaces.pavement(),
                StreetClass.TREE.paint(Surfaces.grass()));
    }

    static Ground any(
            Street street, SideStreets sideStreets, Weather weather, SplittableRandom random) {
        Asphalt asphalt = Asphalt.any(weather, random);
        Material paved = Paving.any(weather, random);
        return new Ground(
                street,
                sideStreets,
                RoadLines.any(street, random).on(asphalt),
                asphalt,
                Paving.kerb(random),
                paved,
                random.nextBoolean()
                        ? StreetClass.TREE.paint(Surfaces.grass())
                        : StreetClass.PAVEMENT.paint(paved));
    }

    /** Adds the ground between two places of the street. */
    void build(Mesh mesh, double from, double to) {
        double edge = street.kerb();
        for (double s = Math.floor(from / PIECE) * PIECE; s < to; s += PIECE) {
            Pose near = street.pose(s, 0);
            Pose far = street.pose(s + PIECE + LAP, 0);
            level(mesh, near, far, -edge - LAP, edge + LAP, 0, road);
            for (int side = -1; side <= 1; side += 2) {
                if (sideStreets.open(s, side)) {
                    level(mesh, near, far, side * edge, side * LAND, 0, mouth);
                } else {
                    verge(mesh, near, far, side);
                }
            }
        }
    }

    /** What lies beside the road, from the kerb on. */
    private void verge(Mesh mesh, Pose near, Pose far, int side) {
        double edge = street.kerb();
        double inner = edge + KERB_STONE;
        double court = side * street.front() + side * FORECOURT;
        step(mesh, near, far, side * edge);
        level(mesh, near, far, side * edge, side * (inner + LAP), Street.STEP, kerb);
        level(mesh, near, far, side * inner, court, Street.STEP, pavement);
        double end = side * street.front() + side * LAND;
        level(mesh, near, far, court, end, Street.STEP, land);
    }

    /** A strip of level ground; u across from the centre line, v along the street. */
    private static void level(
            Mesh mesh, Pose near, Pose far, double t0, double t1, double height, Paint paint) {
        mesh.flat(
                near.at(0, height, -near.origin().z()),
                near.right(),
                near.ahead(),
                paint,
                near.at(t0, height, 0),
                near.at(t1, height, 0),
                far.at(t1, height, 0),
                far.at(t0, height, 0));
    }

    /** The upright side of a kerb; u upwards, v along the street. */
    private void step(Mesh mesh, Pose near, Pose far, double t) {
        Vec foot = near.at(t, -LAP, 0);
        Vec farFoot = far.at(t, -LAP, 0);
        Vec along = farFoot.minus(foot).unit();
        mesh.flat(
                foot.minus(along.times(near.origin().z())),
                near.up(),
                along,
                kerb,
                foot,
                near.at(t, Street.STEP, 0),
                far.at(t, Street.STEP, 0),
                farFoot);
    }
}
