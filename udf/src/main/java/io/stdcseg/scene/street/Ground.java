// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Vec;

/** The strips that the street consists of: road, kerbs, pavements, and the land beside them. */
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
    private final Paint road;
    private final Paint kerb = StreetClass.PAVEMENT.paint(Surfaces.kerb());
    private final Paint pavement = StreetClass.PAVEMENT.paint(Surfaces.pavement());
    private final Paint grass = StreetClass.TREE.paint(Surfaces.grass());

    Ground(Street street) {
        this.street = street;
        this.road = StreetClass.ROAD.paint(Surfaces.road(street));
    }

    /** Adds the ground between two places of the street. */
    void build(Mesh mesh, double from, double to) {
        double edge = street.kerb();
        double inner = edge + KERB_STONE;
        for (double s = Math.floor(from / PIECE) * PIECE; s < to; s += PIECE) {
            Pose near = street.pose(s, 0);
            Pose far = street.pose(s + PIECE + LAP, 0);
            level(mesh, near, far, -edge - LAP, edge + LAP, 0, road);
            for (int side = -1; side <= 1; side += 2) {
                double front = side * street.front();
                step(mesh, near, far, side * edge);
                level(mesh, near, far, side * edge, side * (inner + LAP), Street.STEP, kerb);
                level(
                        mesh,
                        near,
                        far,
                        side * inner,
                        front + side * FORECOURT,
                        Street.STEP,
                        pavement);
                level(
                        mesh,
                        near,
                        far,
                        front + side * FORECOURT,
                        front + side * LAND,
                        Street.STEP,
                        grass);
            }
        }
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
