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

    /** How far the land beside a street reaches, where houses hide the rest. */
    private static final double LAND = 60;

    /** How far it reaches in open country. */
    private static final double COUNTRY = 500;

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
    private final double reach;
    private final boolean closed;

    /**
     * @param mouth of side streets
     * @param land beyond the fronts
     * @param reach of the land, in metres
     * @param closed whether pavements have kerbs where side streets cut them; the first sets of
     *     pictures were made without
     */
    private Ground(
            Street street,
            SideStreets sideStreets,
            Material road,
            Material mouth,
            Paint kerb,
            Paint pavement,
            Paint land,
            double reach,
            boolean closed) {
        this.street = street;
        this.sideStreets = sideStreets;
        this.road = StreetClass.ROAD.paint(road);
        this.mouth = StreetClass.ROAD.paint(mouth);
        this.kerb = kerb;
        this.pavement = pavement;
        this.land = land;
        this.reach = reach;
        this.closed = closed;
    }

    /** The sample clip's. */
    static Ground plain(Street street) {
        Material road = Surfaces.road(street);
        return new Ground(
                street,
                SideStreets.NONE,
                road,
                road,
                StreetClass.PAVEMENT.paint(Surfaces.kerb()),
                StreetClass.PAVEMENT.paint(Surfaces.pavement()),
                StreetClass.TREE.paint(Surfaces.grass()),
                LAND,
                false);
    }

    static Ground any(
            Street street, SideStreets sideStreets, Weather weather, SplittableRandom random) {
        Asphalt asphalt = Asphalt.any(weather, random);
        Material paved = Paving.any(weather, random);
        RoadLines lines = RoadLines.any(street, random);
        return paved(street, sideStreets, lines.on(asphalt), asphalt, paved, false, random);
    }

    /** Roads of any country, dry: their water is added to what they mirror. */
    static Ground foreign(
            Street street, SideStreets sideStreets, Weather weather, SplittableRandom random) {
        Weather dry = weather.soaked(0);
        Material surface = RoadSurface.any(dry, random);
        Material paved = Paving.any(dry, random);
        RoadLines lines = RoadLines.foreign(street, random);
        return paved(street, sideStreets, lines.on(surface), surface, paved, true, random);
    }

    private static Ground paved(
            Street street,
            SideStreets sideStreets,
            Material road,
            Material mouth,
            Material paved,
            boolean closed,
            SplittableRandom random) {
        return new Ground(
                street,
                sideStreets,
                road,
                mouth,
                StreetClass.PAVEMENT.paint(Paving.kerb(random)),
                StreetClass.PAVEMENT.paint(paved),
                random.nextBoolean()
                        ? StreetClass.TREE.paint(Surfaces.grass())
                        : StreetClass.PAVEMENT.paint(paved),
                LAND,
                closed);
    }

    /** A road with grass to both sides and no pavement. */
    static Ground open(Street street, Material road, Material grass) {
        Paint verge = StreetClass.TREE.paint(grass);
        return new Ground(street, SideStreets.NONE, road, road, verge, verge, verge, COUNTRY, true);
    }

    /** A road between narrow walkways. */
    static Ground tunnel(Street street, Material road, SplittableRandom random) {
        Paint walk = StreetClass.PAVEMENT.paint(Paving.kerb(random));
        Paint grass = StreetClass.TREE.paint(Surfaces.grass());
        return new Ground(street, SideStreets.NONE, road, road, walk, walk, grass, COUNTRY, true);
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
                if (closed && sideStreets.open(s, side) != sideStreets.open(s - PIECE, side)) {
                    end(mesh, near, side);
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
        double end = side * street.front() + side * reach;
        level(mesh, near, far, court, end, Street.STEP, land);
    }

    /** The upright side of a pavement that a side street cuts; u along it, v upwards. */
    private void end(Mesh mesh, Pose near, int side) {
        double t0 = side * street.kerb();
        double t1 = side * street.front() + side * reach;
        mesh.flat(
                near.at(0, 0, 0),
                near.right(),
                near.up(),
                kerb,
                near.at(t0, -LAP, 0),
                near.at(t1, -LAP, 0),
                near.at(t1, Street.STEP, 0),
                near.at(t0, Street.STEP, 0));
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
