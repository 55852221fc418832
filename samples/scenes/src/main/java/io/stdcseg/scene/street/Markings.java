// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Paint.Finish;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/** Markings on a road besides its lines, read in the direction of the pose. */
final class Markings {

    private static final double HEIGHT = 0.01;

    private Markings() {}

    /** Shape of a marking: how much of a pixel is painted. */
    @FunctionalInterface
    private interface Shape {
        double share(Fragment at);
    }

    /** An arrow straight ahead, or to a side. */
    static Thing arrow(SplittableRandom random) {
        double lean = 0.5 * (random.nextInt(3) - 1);
        Shape shape =
                at -> {
                    double u = at.u() - lean * Math.max(0, at.v());
                    double head =
                            at.betweenV(1, 2.4) * (Math.abs(u) < 0.32 * (2.4 - at.v()) ? 1 : 0);
                    double shaft = at.betweenV(-2.4, 1) * (Math.abs(u) < 0.09 ? 1 : 0);
                    return Math.max(head, shaft);
                };
        return painted(shape, 1.3, 2.4, random);
    }

    /** Stripes across the road for those on foot. */
    static Thing zebra(double width, SplittableRandom random) {
        double half = 1.2 + random.nextDouble();
        return painted(at -> at.stripesU(1.1, 0.55), width / 2, half, random);
    }

    /** A line where traffic stops, over the lane to the left. */
    static Thing stopLine(double width, SplittableRandom random) {
        return painted(at -> 1, width / 2, 0.15 + 0.1 * random.nextDouble(), random);
    }

    /** Crossed lines that are to be kept clear. */
    static Thing box(double width, SplittableRandom random) {
        double half = width / 2;
        Shape shape =
                at -> {
                    double one = stripe(at.u() + at.v(), at);
                    double other = stripe(at.u() - at.v(), at);
                    double rim =
                            1 - at.betweenU(-half + 0.12, half - 0.12) * at.betweenV(-3.88, 3.88);
                    return Math.max(rim, Math.max(one, other));
                };
        int color = random.nextBoolean() ? Rgb.of(186, 158, 70) : Rgb.of(214, 214, 208);
        return painted(shape, half, 4, color, random);
    }

    /** Broken lines that jump from side to side, before a crossing. */
    static Thing zigzag(SplittableRandom random) {
        Shape shape =
                at -> {
                    double phase = (at.v() + 40) % 4;
                    double line = phase < 2 ? 0.4 * (phase - 1) : 0.4 * (3 - phase);
                    double off = Math.abs(at.u() - line);
                    return Math.max(
                            0, Math.min(1, (0.09 - off) / Math.max(at.pixel(), 0.02) + 0.5));
                };
        return painted(shape, 0.7, 8, random);
    }

    /** Large letters, or a bicycle as it looks after years of wheels. */
    static Thing letters(SplittableRandom random) {
        double shift = 100 * random.nextDouble();
        double line = 1 + random.nextDouble();
        Shape shape =
                at -> {
                    double row = (at.v() + 20) / line;
                    boolean gap = row - Math.floor(row) < 0.25;
                    double ink = Noise.cell(at.u() / 0.14 + shift, at.v() / 0.35 + shift);
                    return !gap && ink > 0.52 ? 1 : 0;
                };
        return painted(shape, 0.6 + 0.6 * random.nextDouble(), line, random);
    }

    /** A cover of iron. */
    static Thing manhole(SplittableRandom random) {
        int iron = Rgb.of(52, 50, 48);
        double half = 0.25 + 0.2 * random.nextDouble();
        return painted(at -> 0.75 + 0.2 * at.stripesU(0.1, 0.05), half, half, iron, random);
    }

    private static double stripe(double x, Fragment at) {
        double phase = x - Math.floor(x / 1.6) * 1.6;
        double off = Math.abs(phase - 0.8);
        return Math.max(0, Math.min(1, (0.08 - off) / Math.max(at.pixel(), 0.02) + 0.5));
    }

    private static Thing painted(Shape shape, double u, double v, SplittableRandom random) {
        return painted(shape, u, v, Rgb.of(214, 214, 208), random);
    }

    private static Thing painted(
            Shape shape, double u, double v, int color, SplittableRandom random) {
        double fresh = 0.5 + 0.6 * random.nextDouble();
        Paint paint =
                StreetClass.ROAD.paint(
                        at -> {
                            double worn =
                                    fresh
                                            + 0.7
                                                    * Noise.hills(
                                                            at.u(), at.v(), 0.6, 0.04, at.pixel());
                            double share = shape.share(at) * Math.max(0, Math.min(1, worn));
                            return Rgb.veiled(color, share);
                        },
                        Finish.VEIL);
        return (mesh, pose, seconds) -> lay(mesh, pose, u, v, paint);
    }

    private static void lay(Mesh mesh, Pose pose, double u, double v, Paint paint) {
        mesh.outline(
                pose.at(0, HEIGHT, 0),
                pose.right(),
                pose.ahead(),
                paint,
                -u,
                -v,
                u,
                -v,
                u,
                v,
                -u,
                v);
    }
}
