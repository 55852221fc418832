// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Mesh of one frame: its faces, added shape by shape. Round things are drawn as flat outlines
 * turned to the eye. Belongs to one thread.
 */
public final class Mesh implements Iterable<Face> {

    /** Corners of a circle. */
    private static final int ROUND = 14;

    /** Corners of a limb's rounded end. */
    private static final int CAP = 5;

    private final List<Face> faces = new ArrayList<>();
    private final List<Lamp> lamps = new ArrayList<>();
    private final Vec eye;
    private final Vec viewer;
    private final Light light;

    public Mesh(Vec eye, Light light) {
        this(eye, eye, light);
    }

    /**
     * @param eye where the faces are seen from
     * @param viewer where somebody is who sees their shadows: near him, detail matters
     */
    public Mesh(Vec eye, Vec viewer, Light light) {
        this.eye = eye;
        this.viewer = viewer;
        this.light = light;
    }

    @Override
    public Iterator<Face> iterator() {
        return faces.iterator();
    }

    /** The lamps of all that was added, lit or not. */
    public List<Lamp> lamps() {
        return lamps;
    }

    /** Adds a lamp. */
    public void lamp(Vec at, Vec facing, Lamp.Kind kind) {
        lamps.add(new Lamp(at, facing, kind));
    }

    /** How far a point is from the viewer, in metres: decides how much detail is worth it. */
    public double distance(Vec point) {
        return point.minus(viewer).length();
    }

    /** A flat convex shape with corners in the plane of {@code u} and {@code v}. */
    public void flat(Vec origin, Vec u, Vec v, Paint paint, Vec... corners) {
        double[] outline = new double[2 * corners.length];
        for (int i = 0; i < corners.length; i++) {
            Vec d = corners[i].minus(origin);
            outline[2 * i] = d.dot(u);
            outline[2 * i + 1] = d.dot(v);
        }
        outline(origin, u, v, paint, outline);
    }

    /** A flat convex shape with corners given as u and v in turn. */
    public void outline(Vec origin, Vec u, Vec v, Paint paint, double... outline) {
        Vec normal = v.cross(u);
        add(origin, u, v, paint, light.on(normal), light.shade(normal), outline);
    }

    /** An upright rectangle facing against {@code pose.ahead}; u and v from its lower middle. */
    public void panel(Pose pose, double width, double height, Paint paint) {
        double w = width / 2;
        outline(pose.origin(), pose.right(), pose.up(), paint, -w, 0, w, 0, w, height, -w, height);
    }

    /** A box standing around the pose's origin; u and v of each wall from its lower middle. */
    public void box(Pose pose, double width, double height, double depth, Paint paint) {
        Pose side = pose.turned(StrictMath.PI / 2);
        wall(pose.moved(0, 0, -depth / 2), width, height, paint);
        wall(pose.turned(StrictMath.PI).moved(0, 0, -depth / 2), width, height, paint);
        wall(side.moved(0, 0, -width / 2), depth, height, paint);
        wall(side.turned(StrictMath.PI).moved(0, 0, -width / 2), depth, height, paint);
        double w = width / 2;
        double d = depth / 2;
        Vec top = pose.at(0, height, 0);
        outline(top, pose.right(), pose.ahead(), paint, -w, -d, w, -d, w, d, -w, d);
    }

    /** A panel whose back is never seen. */
    private void wall(Pose pose, double width, double height, Paint paint) {
        if (eye.minus(pose.origin()).dot(pose.ahead()) < 0) {
            panel(pose, width, height, paint);
        }
    }

    /**
     * A convex outline in the pose's upright plane ahead, drawn out to both sides.
     *
     * @param profile z and y of each corner, in turn
     * @param half width to each side at height zero
     * @param taper how much that shrinks per metre of height
     * @param side paint of the two flanks; u is z, v is y
     * @param rim paint of the strip from each corner to the next; u across, v along; null for none
     */
    public void prism(
            Pose pose, double[] profile, double half, double taper, Paint side, Paint... rim) {
        int n = profile.length / 2;
        Vec[] right = new Vec[n];
        Vec[] left = new Vec[n];
        for (int i = 0; i < n; i++) {
            double z = profile[2 * i];
            double y = profile[2 * i + 1];
            right[i] = pose.at(half - taper * y, y, z);
            left[i] = pose.at(taper * y - half, y, z);
        }
        Vec leanRight = pose.up().minus(pose.right().times(taper)).unit();
        Vec leanLeft = pose.up().plus(pose.right().times(taper)).unit();
        // Only one flank is seen at a time.
        if (eye.minus(pose.origin()).dot(pose.right()) > 0) {
            flat(pose.at(half, 0, 0), pose.ahead(), leanRight, side, right);
        } else {
            flat(pose.at(-half, 0, 0), pose.ahead(), leanLeft, side, left);
        }
        for (int i = 0; i < n; i++) {
            int j = (i + 1) % n;
            if (rim[i % rim.length] != null) {
                Vec middle = left[i].towards(right[i], 0.5);
                Vec along = left[j].towards(right[j], 0.5).minus(middle).unit();
                flat(
                        middle,
                        pose.right(),
                        along,
                        rim[i % rim.length],
                        left[i],
                        right[i],
                        right[j],
                        left[j]);
            }
        }
    }

    /** A flat disc in the pose's upright plane across; u and v from its middle. */
    public void disc(Vec centre, Vec u, Vec v, double radius, Paint paint) {
        outline(centre, u, v, paint, circle(radius));
    }

    /** A ball, as a disc turned to the eye; u and v from its middle. */
    public void ball(Vec centre, double radius, Paint paint) {
        Pose turned = towardsEye(centre);
        add(centre, turned.right(), turned.up(), paint, circle(radius));
    }

    /** A round rod with rounded ends; u across from its axis, v along it from {@code a}. */
    public void limb(Vec a, Vec b, double radiusA, double radiusB, Paint paint) {
        Vec axis = b.minus(a);
        double length = axis.length();
        Vec along = axis.times(1 / length);
        Vec across = along.cross(a.minus(eye));
        if (across.length() < 1e-6) {
            return;
        }
        double[] outline = new double[4 * CAP];
        for (int i = 0; i < CAP; i++) {
            double angle = StrictMath.PI * i / (CAP - 1);
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            outline[2 * i] = radiusA * cos;
            outline[2 * i + 1] = -radiusA * sin;
            outline[2 * (CAP + i)] = -radiusB * cos;
            outline[2 * (CAP + i) + 1] = length + radiusB * sin;
        }
        add(a, across.unit(), along, paint, outline);
    }

    private Pose towardsEye(Vec point) {
        Vec away = point.minus(eye).unit();
        Vec right = new Vec(away.z(), 0, -away.x()).unit();
        return new Pose(point, right, away.cross(right), away);
    }

    /** The corners of a circle around 0, as {@link #prism} and {@link #outline} take them. */
    public static double[] circle(double radius) {
        double[] outline = new double[2 * ROUND];
        for (int i = 0; i < ROUND; i++) {
            double angle = 2 * StrictMath.PI * i / ROUND;
            outline[2 * i] = radius * StrictMath.cos(angle);
            outline[2 * i + 1] = radius * StrictMath.sin(angle);
        }
        return outline;
    }

    /** Adds something round. */
    private void add(Vec origin, Vec u, Vec v, Paint paint, double[] outline) {
        add(origin, u, v, paint, light.round(), light.sky(), outline);
    }

    private void add(
            Vec origin,
            Vec u,
            Vec v,
            Paint paint,
            double brightness,
            double shade,
            double[] outline) {
        faces.add(new Face(origin, u, v, outline, paint, brightness, shade));
    }
}
